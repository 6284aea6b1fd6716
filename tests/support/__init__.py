"""What tests of several parts share: servers, running stacks, signals to wait for."""
