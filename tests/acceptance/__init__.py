"""What a customer may expect of a running installation, asked over HTTP only."""
