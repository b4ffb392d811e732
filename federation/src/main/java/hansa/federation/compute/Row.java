package hansa.federation.compute;

/**
 * A resource as it lies in its table.
 *
 * @param resource what callers see
 * @param work what only its job sees
 * @param seen a mark of what the cloud told last, see {@link Sight}; 0 = nothing
 * @param version rises with every write, also with those that callers do not see
 */
record Row<R, W>(R resource, W work, long seen, long version) {}
