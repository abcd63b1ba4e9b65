/** Database access: connections, dialects, error classes, retries. */
@NullMarked
package org.irisgraph.jdbc;

import org.jspecify.annotations.NullMarked;
