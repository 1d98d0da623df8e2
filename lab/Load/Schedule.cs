namespace MsaAspire.Lab.Load;

/// <summary>How arrivals follow each other.</summary>
internal enum Gaps
{
    /// <summary>Like many independent customers: a Poisson process.</summary>
    Exponential,

    /// <summary>At constant intervals.</summary>
    Equal,
}

/// <summary>A request that is due.</summary>
/// <param name="DueSeconds">When, from the start.</param>
/// <param name="Operation">One of <see cref="Operations"/>.</param>
/// <param name="Choice">Decides what is asked for.</param>
internal readonly record struct Arrival(double DueSeconds, string Operation, int Choice);

/// <summary>Arrivals whose times and contents are fixed in advance by a seed. No answer can change them.</summary>
internal static class Schedule
{
    /// <summary>Endless, in the order of time. Each operation's arrivals are the same whatever the rates of the others.</summary>
    public static IEnumerable<Arrival> Create(Rates rates, int seed, Gaps gaps = Gaps.Exponential)
    {
        var seeds = new Random(seed);
        Customers[] all =
        [
            new(Operations.Browse, rates.Browse, seeds.Next(), gaps),
            new(Operations.Search, rates.Search, seeds.Next(), gaps),
            new(Operations.Order, rates.Order, seeds.Next(), gaps),
        ];
        while (all.MinBy(customers => customers.Next.DueSeconds) is { Next.DueSeconds: < double.PositiveInfinity } first)
        {
            yield return first.Next;
            first.Advance();
        }
    }

    private sealed class Customers
    {
        private readonly string _operation;
        private readonly double _rate;
        private readonly Random _random;
        private readonly Gaps _gaps;

        public Customers(string operation, double rate, int seed, Gaps gaps)
        {
            (_operation, _rate, _random, _gaps) = (operation, rate, new Random(seed), gaps);
            Advance();
        }

        public Arrival Next { get; private set; }

        public void Advance()
        {
            // 1 - x, because x may be 0 but not 1.
            var gap = _gaps == Gaps.Equal ? 1 : -Math.Log(1 - _random.NextDouble());
            Next = new(_rate > 0 ? Next.DueSeconds + (gap / _rate) : double.PositiveInfinity, _operation, _random.Next());
        }
    }
}
