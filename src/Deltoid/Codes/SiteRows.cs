using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>
/// A structure of the body and the code of an injection there (<c>sites.tsv</c>). A row of kind <c>region</c> has no
/// code: it only says where on the body something was done.
/// </summary>
/// <param name="Words">What people write for it, folded as <see cref="DrugName.Fold"/> does.</param>
/// <param name="Guided">The code where guidance of <paramref name="GuidedBy"/> is charted; none where guidance
/// changes nothing.</param>
/// <param name="Facility">The code on a hospital's own claim for the guided injection; none where it is the
/// same.</param>
internal sealed record SiteRow(string[] Words, string Kind, Code Code, Code Guided, string GuidedBy, Code Facility)
{
    public bool Has(Code code) => !code.IsNone && (code == Code || code == Guided || code == Facility);
}

/// <summary>What charted words mean (<c>terms.tsv</c>): <c>side</c> right is "right", "rt", "r" …</summary>
internal sealed record TermRow(string Kind, string Value, string[] Words);

/// <summary>What kind of service holds the drug: an operation, a test, or the care of a line.</summary>
internal enum PartKind : byte { Operation, Test, Flush }

/// <summary>A drug given on the day of a procedure and what it is to that procedure (<c>parts.tsv</c>).</summary>
/// <param name="Drugs">Names of drugs, <c>group:…</c> or <c>code:…</c>; empty for all.</param>
/// <param name="Indications">Values of the terms of kind <c>indication</c>, blank-separated.</param>
/// <param name="Purposes">A bit for each <see cref="Purpose"/>.</param>
/// <param name="Procedures">Codes and ranges of codes; <c>*</c> for a visit without any procedure too.</param>
/// <param name="IsCertain">Giving it is part of the procedure; otherwise it may be.</param>
/// <param name="BillsDrug">The drug keeps a line of its own in an office.</param>
internal sealed record PartRow(
    string[] Drugs, string Indications, uint Purposes, string Procedures, bool IsCertain, bool BillsDrug, PartKind Kind)
{
    /// <summary>Needs neither words nor a purpose: the drug and the procedure say enough.</summary>
    public bool IsAlways => Indications.Length == 0 && Purposes == 0;
}

/// <summary>
/// A route whose injection has a code of its own (<c>routes.tsv</c>); no code where the chart must name the service.
/// </summary>
/// <param name="Diagnoses">Beginnings of codes, blank-separated; <c>neoplasm</c> for any cancer.</param>
/// <param name="Holds">Codes that are inside this one, blank-separated.</param>
internal sealed record OwnRouteRow(
    Route[] Routes, string[] Drugs, string[] Words, string Diagnoses, Code Code, string Holds);

/// <summary>
/// How a chemodenervation counts: once, by side, by limbs and their muscles, through a scope whose code the chart
/// names; or what guides it.
/// </summary>
internal enum ToxinKind : byte { Once, Sided, Muscles, Scope, Guide }

/// <summary>A disease that botulinum toxin is given for, and the code of giving it (<c>toxins.tsv</c>).</summary>
/// <param name="Diagnoses">Beginnings of codes, blank-separated.</param>
/// <param name="Words">The disease by name.</param>
/// <param name="Anatomy">Where it is given for that disease.</param>
internal sealed record ToxinRow(Code[] Codes, ToxinKind Kind, string Diagnoses, string[] Words, string[] Anatomy)
{
    public Code Code => Codes[0];

    /// <summary>The place that the code itself names: the muscles of that disease.</summary>
    public SiteRow Structure { get; } = new([], "toxin", Codes[0], default, "", default);
}

/// <summary>
/// An injection that counts levels or limbs (<c>levels.tsv</c>): the first, the second, each further one.
/// </summary>
/// <param name="By">The imaging that the code holds and asks for, blank-separated; empty where it asks for
/// none.</param>
internal sealed record LevelRow(string Kind, string Region, Code First, Code Second, Code Third, string By)
{
    public bool Has(Code code) => code == First || code == Second || code == Third;
}
