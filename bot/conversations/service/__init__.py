"""What people do with conversations, one module for each kind of person and purpose."""
