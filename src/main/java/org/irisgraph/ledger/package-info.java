/** Decides about each document by its earlier outcome, and records the new one. */
@NullMarked
package org.irisgraph.ledger;

import org.jspecify.annotations.NullMarked;
