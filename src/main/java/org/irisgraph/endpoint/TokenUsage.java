package org.irisgraph.endpoint;

/**
 * The tokens of a call.
 *
 * @param promptTokens tokens that the model read
 * @param completionTokens tokens that the model wrote
 * @param isEstimate whether the server did not report them and they were counted here
 */
public record TokenUsage(long promptTokens, long completionTokens, boolean isEstimate) {}
