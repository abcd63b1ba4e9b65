package org.irisgraph.runner;

import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster that can run jobs of this program.
 *
 * @param url the address of its web page
 * @param slots of all its TaskManagers
 * @param warning why a job may have to wait; null if nothing is known against it
 * @param environment of the JobManager, with the class path in which the jars of Flink's {@code
 *     lib} are; null if unknown
 */
public record ClusterReport(
    String url,
    String version,
    int slots,
    @Nullable String warning,
    @Nullable String environment) {}
