using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// The shipped book with a quarter of made-up changes over it, as a pack's file; what compares two books compares
/// these.
/// </summary>
internal static class ChangedBook
{
    static readonly DateRange Quarter = DateRange.Of(new(2026, 7, 1), new(2026, 9, 30));

    static readonly DateRange Open = DateRange.Of(new(2026, 7, 1));

    public const string Day = "2026-08-03";

    public static CodeBook Book { get; } = StarterBook.Under(Pack.Of(Made()));

    /// <summary>The pack's file, written once.</summary>
    public static string File { get; } = Written();

    static string Written()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("deltoid").FullName, "changed.pack");
        System.IO.File.WriteAllBytes(path, Made());
        return path;
    }

    static byte[] Made()
    {
        var draft = new PackDraft();
        var unit = Source(draft, "ncci-mue-practitioner");
        draft.Mues.Add(new(draft.Id(Code.Of("96372")), Open, 1, 0, 2, unit));
        var pair = Source(draft, "ncci-ptp-practitioner");
        draft.PractitionerPairs.Add(Code.Of("20610"), Code.Of("96372"), new(Open, 0, pair));
        draft.PractitionerPairs.Add(Code.Of("J1885"), Code.Of("96372"), new(Open, 1, pair));
        var limit = Source(draft, "asp-limit");
        draft.AspLimits.Add(new(draft.Id(Code.Of("J0165")), Quarter, Rate.Of(1.5m), Rate.Of(20m), default, limit));
        var hcpcs = Source(draft, "hcpcs");
        draft.Hcpcs.Add(new()
        {
            Id = draft.Id(Code.Of("J1885")), Dates = DateRange.Of(new(1993, 1, 1), new(2026, 7, 31)), Source = hcpcs
        });
        draft.Hcpcs.Add(new()
        {
            Id = draft.Id(Code.Of("J9998")), Dates = Open, Short = draft.Text("Made-up drug, 1 mg"), Source = hcpcs
        });
        var addOn = Source(draft, "ncci-aoc");
        foreach (var parent in (string[])["96365", "96374", "96401"])
            draft.AddOns.Add(new(draft.Id(Code.Of("96375")), draft.Id(Code.Of(parent)), Open, 1, addOn));
        var hospital = Source(draft, "opps-addendum-b");
        draft.Addendum.Add(new()
        {
            Id = draft.Id(Code.Of("96372")), Dates = Quarter, Rate = Rate.Of(80m), Status = ('J' << 8) | '1',
            Source = hospital
        });
        var diagnosis = Source(draft, "icd10cm");
        foreach (var code in (string[])["D51", "D510", "D5100", "D511", "D512", "D513", "D518"])
            draft.Diagnoses.Add(Code.Of(code),
                code is "D51" or "D510" ? DiagnosisTraits.None : DiagnosisTraits.Billable,
                draft.Text("Label of " + code), diagnosis);
        return draft.Write();
    }

    static byte Source(PackDraft draft, string table)
    {
        draft.Sources.Add(new(table, table, table + ".csv", "", "", Quarter, 1, IsWhole: false, HasFalseDates: false));
        return (byte)(draft.Sources.Count - 1);
    }
}
