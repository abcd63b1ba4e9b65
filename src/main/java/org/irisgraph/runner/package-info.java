/** Where a run takes place: the Direct runner, embedded Flink, a Flink cluster. */
package org.irisgraph.runner;
