/** Caches a language model's completions in tables beside the ledger, with what they cost. */
@NullMarked
package org.irisgraph.llmcache;

import org.jspecify.annotations.NullMarked;
