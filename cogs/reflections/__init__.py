"""Notes, drafts, posts and exports, as people see and change them on Discord."""
