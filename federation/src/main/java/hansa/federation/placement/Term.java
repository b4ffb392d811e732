package hansa.federation.placement;

/** What a rank is made of. An attribute that a candidate lacks counts 0, and so does a part that is not finite. */
sealed interface Term {

    double of(Attributes candidate);

    record Constant(double value) implements Term {
        @Override
        public double of(Attributes candidate) {
            return value;
        }
    }

    record Attribute(int place) implements Term {
        @Override
        public double of(Attributes candidate) {
            return finite(candidate.number(place));
        }
    }

    record Minus(Term part) implements Term {
        @Override
        public double of(Attributes candidate) {
            return -part.of(candidate);
        }
    }

    enum Sign {
        PLUS,
        MINUS,
        TIMES,
        OVER
    }

    record Two(Term left, Sign sign, Term right) implements Term {
        @Override
        public double of(Attributes candidate) {
            double a = left.of(candidate);
            double b = right.of(candidate);
            return finite(
                    switch (sign) {
                        case PLUS -> a + b;
                        case MINUS -> a - b;
                        case TIMES -> a * b;
                        case OVER -> a / b;
                    });
        }
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }
}
