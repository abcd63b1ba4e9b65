/**
 * One run of a pipeline at a time: a lease in the database that expires unless its holder renews
 * it, and that writers verify before they commit.
 */
@NullMarked
package org.irisgraph.lease;

import org.jspecify.annotations.NullMarked;
