package org.irisgraph.pipeline;
