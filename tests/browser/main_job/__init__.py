"""The main job in steps: from an empty installation to a sales department that works with it."""
