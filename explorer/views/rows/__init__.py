"""Tables as rows on screen and in pictures: what the views made of rows share, whatever their rows are about."""
