package hansa.kernel.http;

/**
 * Where a face is shown. Of several mounts the one with the longest path that fits a request answers it; of two at the
 * same path the first whose table knows the request's path.
 *
 * @param path {@code ""} for the root, else segments such as {@code /occi} or {@code /api/v1}; no slash at the end
 * @throws IllegalArgumentException if the path is neither
 */
public record Mount(String path, Face<?, ?> face) {

    public Mount {
        if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/") || path.contains("//"))) {
            throw new IllegalArgumentException("A mount is \"\" or like /occi, not " + path);
        }
    }
}
