/**
 * What a language model has answered, and what that cost: two tables of ours beside the ledger, so
 * that no run pays for an answer twice.
 */
package org.irisgraph.llmcache;
