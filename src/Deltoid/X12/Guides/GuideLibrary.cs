using System.Text;

namespace Deltoid.X12.Guides;

/// <summary>Compiles guides from their tables; and the guide of the envelope, which is of no set.</summary>
internal static class GuideLibrary
{
    static readonly Lazy<Standard> Dictionary = new(() => new Standard(TextOf("segments"), TextOf("elements")));

    static readonly TransactionSet OfEnvelope = new()
    {
        Name = "envelope", Letter = 'E', Number = "", Functional = "", Versions = [],
        NewReading = static () => throw new NotSupportedException(),
    };

    /// <summary>ISA, GS, ST and their ends, TA1.</summary>
    public static Guide Envelope => OfEnvelope.Guide;

    internal static Standard Standard => Dictionary.Value;

    /// <summary>Whether the tables of a set are in this build.</summary>
    internal static bool Has(TransactionSet set) =>
        typeof(GuideLibrary).Assembly.GetManifestResourceInfo($"guides/{FileOf(set)}.tsv") is not null;

    static string FileOf(TransactionSet set) => set.Name.ToLowerInvariant();

    internal static Guide Compile(TransactionSet set)
    {
        var file = FileOf(set);
        var rules = TextOf(file + ".rules", "id\tloop\twhen\tthen\tlabel");
        var guide = GuideBuilder.Build(set,
            GuideTable.Read(file + ".tsv", set.Letter, TextOf(file), rules, TextOf("shared.rules")), Standard);
        set.Bind(guide);
        return guide;
    }

    /// <summary>A table of a guide, or one beside the guides.</summary>
    /// <param name="without">What is taken for a table that there need not be.</param>
    internal static string TextOf(string file, string? without = null)
    {
        using var stream = typeof(GuideLibrary).Assembly.GetManifestResourceStream($"guides/{file}.tsv");
        if (stream is null)
            return without ?? throw new InvalidOperationException($"there is no guide table {file}.tsv");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
