/** The places where a run executes: the Direct runner, embedded Flink, a Flink cluster. */
@NullMarked
package org.irisgraph.runner;

import org.jspecify.annotations.NullMarked;
