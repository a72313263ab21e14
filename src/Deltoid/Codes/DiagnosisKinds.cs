using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>What a diagnosis is to a drug or a visit. A kind has the name of its rows in <c>terms.tsv</c>.</summary>
internal enum DiagnosisKind : byte
{
    Neoplasm, Procedure, HormoneTreated, Injury, RabiesExposure, ExternalCause, DrugTherapy, PreventiveVisit,
    AffirmingCare, HivPrevention, KidneyFailure, OnDialysis, AcuteKidneyInjury
}

/// <summary>The rows of <c>terms.tsv</c> of kind <c>diagnosis</c>: the beginnings of the codes of each kind.</summary>
internal sealed class DiagnosisKinds
{
    static readonly string[] Names =
    [
        "neoplasm", "procedure", "hormone-treated", "injury", "rabies-exposure", "external-cause", "drug-therapy",
        "preventive-visit", "affirming-care", "hiv-prevention", "kidney-failure", "on-dialysis", "acute-kidney-injury"
    ];

    /// <summary>Of each kind the beginnings, packed as codes are.</summary>
    readonly ulong[][] starts = new ulong[Names.Length][];

    /// <summary>Of each kind the first characters, a bit each: most codes are of no kind.</summary>
    readonly ulong[] firsts = new ulong[Names.Length];

    public DiagnosisKinds(List<TermRow> terms)
    {
        Array.Fill(starts, []);
        foreach (var row in terms)
        {
            if (row.Kind != "diagnosis") continue;
            var kind = Array.IndexOf(Names, row.Value);
            ref var of = ref starts[kind];
            of = [.. of, .. Array.ConvertAll(row.Words, static word => Code.Of(word).Packed)];
            foreach (var start in of) firsts[kind] |= FirstOf(start);
        }
    }

    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var each in Names)
            if (name.SequenceEqual(each)) return true;
        return false;
    }

    public bool Is(DiagnosisKind kind, Code code)
    {
        if ((firsts[(int)kind] & FirstOf(code.Packed)) == 0) return false;
        foreach (var start in starts[(int)kind])
            if (((code.Packed ^ start) >> System.Numerics.BitOperations.TrailingZeroCount(start) / 8 * 8) == 0)
                return true;
        return false;
    }

    static ulong FirstOf(ulong packed) => 1UL << ((int)(packed >> 56) & 63);
}
