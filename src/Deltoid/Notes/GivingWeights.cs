using System.Globalization;
using Deltoid.Values;

namespace Deltoid.Notes;

/// <summary>
/// How much what stands around a drug speaks for its having been given here today: points of giving-weights.tsv, which
/// ./write learns from notes whose reading is known. It is a second judge beside the rules (<see cref="Verdicts"/>):
/// what they would write is written only if this does not doubt it. So words that no row has still count, as words that
/// do not usually come with a drug that was given. Immutable; one is shared.
/// </summary>
internal sealed class GivingWeights
{
    /// <summary>Of fewer points, a giving is doubted.</summary>
    public const int Least = 40;

    /// <summary>The row of what every drug has; what begins a row of a usual word.</summary>
    public const string Always = "(always)", Usual = "=";

    static readonly Lazy<GivingWeights> shipped = new(static () => new());

    readonly Dictionary<string, int> points = new(StringComparer.Ordinal);
    readonly HashSet<string> usual = new(StringComparer.Ordinal);

    GivingWeights()
    {
        var rows = ShippedRows.Open("notes/giving-weights.tsv");
        int said = rows.Column("said"), of = rows.Column("points");
        while (rows.Next())
            if (rows[said].StartsWith(Usual)) usual.Add(new(rows[said][Usual.Length..]));
            else points.Add(new(rows[said]), int.Parse(rows[of], CultureInfo.InvariantCulture));
    }

    public static GivingWeights Shipped => shipped.Value;

    /// <summary>The points of a drug.</summary>
    public int Of(GivingTraits traits, Piece drug)
    {
        var (sum, count) = (0, 0);
        var lookup = points.GetAlternateLookup<ReadOnlySpan<char>>();
        traits.Of(drug, usual.Contains, trait =>
        {
            count++;
            if (lookup.TryGetValue(trait, out var each)) sum += each;
        });
        return points.GetValueOrDefault(Always) + (int)(sum / Math.Sqrt(count));
    }
}
