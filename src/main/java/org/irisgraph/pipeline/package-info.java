/** The Beam graph: read, skip what is unchanged, extract, write. */
package org.irisgraph.pipeline;
