"""Qt drawing shared by the views on screen and by pictures: text, captions, plots set up to the Style."""
