namespace Deltoid.Pages;

/// <summary>What is learned from: the traits of an example, in an order that does not change, and what it is.</summary>
internal sealed record Example(string[] Traits, bool Is);

/// <summary>
/// A perceptron with a margin; its weights are the mean of all that it had on the way. Only plain arithmetic in a fixed
/// order, so that every machine learns the same.
/// </summary>
internal sealed class Perceptron(string always)
{
    const int Scale = 100;

    /// <summary>Traits of fewer points are left out: they decide next to nothing, and a browser loads the rest.</summary>
    const int Least = 35;

    /// <summary>The weights are multiples of this, for the same reason: round numbers take less room.</summary>
    const int Grain = 10;

    const double Step = 0.3, Margin = 1;

    readonly Dictionary<string, (double Now, double Past)> weights = new(StringComparer.Ordinal);

    public static Dictionary<string, int> Learn(List<Example> examples, string always, int rounds) =>
        new Perceptron(always).Learn(examples, rounds);

    Dictionary<string, int> Learn(List<Example> examples, int rounds)
    {
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var (count, seed) = (1, 12345u);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                // wraps round: that is what mixes
                seed = unchecked((seed * 1103515245) + 12345);
                var other = (int)((seed >> 8) % (uint)(i + 1));
                (order[i], order[other]) = (order[other], order[i]);
            }
            foreach (var each in order) Correct(examples[each], count++);
        }
        var learned = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (said, (now, past)) in weights)
        {
            var points = (int)Math.Round(Scale * (now - (past / count)));
            if (Math.Abs(points) >= Least) learned[said] = (int)Math.Round(points / (double)Grain) * Grain;
        }
        return learned;
    }

    void Correct(Example example, int at)
    {
        var size = Math.Sqrt(example.Traits.Length);
        var sum = weights.GetValueOrDefault(always).Now;
        foreach (var trait in example.Traits) sum += weights.GetValueOrDefault(trait).Now / size;
        if ((example.Is ? sum : -sum) >= Margin) return;
        var step = example.Is ? Step : -Step;
        Add(always, step, at);
        foreach (var trait in example.Traits) Add(trait, step / size, at);
    }

    void Add(string trait, double by, int at)
    {
        var (now, past) = weights.GetValueOrDefault(trait);
        weights[trait] = (now + by, past + (at * by));
    }
}
