/** Documents whose entities people have marked, and how well an extractor finds these. */
package org.irisgraph.extract.gold;
