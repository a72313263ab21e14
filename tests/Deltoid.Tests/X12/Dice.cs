namespace Deltoid.Tests;

/// <summary>Chance that is the same in every process and on every machine: xorshift64*.</summary>
internal sealed class Dice(ulong seed)
{
    // a hash: the product is meant to wrap
    ulong state = unchecked((seed + 1) * 0x9E3779B97F4A7C15) is not 0 and var mixed ? mixed : 1;

    /// <summary>From 0 up to and without <paramref name="below"/>.</summary>
    public int Next(int below)
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        // a hash: the product is meant to wrap
        return (int)((unchecked(state * 0x2545F4914F6CDD1D) >> 33) % (ulong)below);
    }

    public bool OneIn(int chances) => Next(chances) == 0;

    public T Of<T>(IReadOnlyList<T> list) => list[Next(list.Count)];

    public void Shuffle<T>(List<T> list)
    {
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }
}
