/** Models behind HTTP endpoints: requests, retries, pace, and the cache of what was paid for. */
@NullMarked
package org.irisgraph.endpoint;

import org.jspecify.annotations.NullMarked;
