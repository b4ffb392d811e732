package hansa.federation.placement;

/**
 * Where on earth.
 *
 * @param latitude degrees, -90 to 90, north positive
 * @param longitude degrees, -180 to 180, east positive
 */
public record Position(double latitude, double longitude) {

    private static final double EARTH_RADIUS_KM = 6371;

    public Position {
        if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("there is no such position on earth");
        }
    }

    /** Along the surface. */
    double kilometresTo(Position other) {
        double a = Math.toRadians(latitude);
        double b = Math.toRadians(other.latitude);
        double north = Math.sin((b - a) / 2);
        double east = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double chord = north * north + Math.cos(a) * Math.cos(b) * east * east;
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
    }
}
