/** Database access: connections, dialects, error classes, retries. */
package org.irisgraph.jdbc;
