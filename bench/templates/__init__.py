"""Does what is learned of a made-up source make its bodies cleaner, story by story?"""
