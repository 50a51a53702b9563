"""GradeTape: grades TensorFlow and Keras exercises."""
