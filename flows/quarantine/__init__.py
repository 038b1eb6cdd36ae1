"""How does a person decide about what was refused or held?"""
