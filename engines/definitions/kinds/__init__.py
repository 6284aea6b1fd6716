"""The frame of each kind of definition: its schema as far as no upper engine has a say."""
