using System.Globalization;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Medically unlikely edits (<c>MCR_MUE_PractitionerServices_Eff_10-01-2026.csv</c>, …OutpatientHospitalServices…, …DMESupplierServices…):
/// a notice of many lines in quotes, a header, then code, value, adjudication indicator (<c>3 Date of Service Edit: Clinical</c>), rationale.
/// </summary>
sealed class NcciUnits(NcciUnits.Service service) : OfficialTable("ncci-mue-" + Words[(int)service].Name, "NCCI medically unlikely edits, " + Words[(int)service].Title, Words[(int)service].WholeFrom)
{
    /// <summary>In the order of the tables' numbers in a pack's rows.</summary>
    internal enum Service : byte { Practitioner, Outpatient, Supplier }

    static readonly (string Name, string Title, string Column, int WholeFrom)[] Words =
    [
        ("practitioner", "practitioner", "Practitioner", 10_000), ("outpatient", "hospital outpatient", "OutpatientHospital", 10_000), ("dme", "DME supplier", "DMESupplier", 2_000),
    ];

    string Column => Words[(int)service].Column;

    public override bool Knows(OfficialFile file) => file.IsNamed("MUE", Column) && !file.IsNamed(".pdf");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var rows = new Delimited(file, ',');
        SetRelease(file, release);
        var header = rows.FindHeader("HCPCS/CPT Code|HCPCS");
        int code = header["HCPCS/CPT Code"], value = header[$"{Column} Services MUE Values|{Column}"], mai = header["MUE Adjudication Indicator"];
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            if (!Code.TryParse(rows[code], out var each)) throw rows.Wrong("HCPCS/CPT Code", "is not a code");
            if (!Cell.TryInt(rows[value], out var limit) || limit < 0) throw rows.Wrong("MUE Values", "is not a number of units");
            if (rows[mai] is not [>= (byte)'1' and <= (byte)'3' and var indicator, ..]) throw rows.Wrong("MUE Adjudication Indicator", "does not begin with 1, 2 or 3");
            draft.Mues.Add(new(draft.Id(each), DateRange.Of(release.Covers.From!.Value), limit, (byte)service, (byte)(indicator - '0'), release.Number));
        }
    }

    /// <summary>In force from the day in the name to the end of its quarter, and on until the next is known.</summary>
    static void SetRelease(OfficialFile file, Release release)
    {
        var at = file.Name.IndexOf("Eff", StringComparison.OrdinalIgnoreCase);
        var day = at < 0 ? "" : new string([.. file.Name.AsSpan(at + 3).ToString().SkipWhile(static c => !char.IsAsciiDigit(c)).TakeWhile(static c => char.IsAsciiDigit(c) || c is '-')]).Trim('-');
        if (!DateOnly.TryParseExact(day, ["MM-dd-yyyy", "M-d-yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var from))
            throw new OfficialFileException(0, "does not say in its name from which day it is in force", "keep the published name: MCR_MUE_PractitionerServices_Eff_10-01-2026.csv");
        release.Name = $"{from:yyyy-MM-dd}";
        release.Covers = DateRange.Of(from, Quarters.Holding(from).Thru);
    }
}
