using System.Text;

namespace Deltoid.Adjudication;

/// <summary>
/// What is decided by lot: by the seed, the matter and the claim alone, so that neither the order of a file nor an
/// earlier draw changes it.
/// </summary>
internal readonly struct Chance(long seed)
{
    const int Whole = 10_000; // hundredths of a percent

    /// <summary>Whether it happens, at a rate in hundredths of a percent.</summary>
    public bool Is(string matter, string claim, long rate) => Below(matter, claim, Whole) < rate;

    /// <summary>A number from 0 up to, and not with, the count.</summary>
    public int Below(string matter, string claim, int count) => (int)(Of(matter, claim) % (ulong)count);

    ulong Of(string matter, string claim)
    {
        unchecked // a hash: FNV-1a, then the last steps of SplitMix64
        {
            var hash = 14695981039346656037UL ^ ((ulong)seed * 0x9E3779B97F4A7C15UL);
            foreach (var octet in Encoding.UTF8.GetBytes($"{matter}\n{claim}")) hash = (hash ^ octet) * 1099511628211UL;
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            return hash ^ (hash >> 31);
        }
    }
}
