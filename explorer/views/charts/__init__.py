"""What the views that draw dots or lines of models have in common."""
