using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Codes.Packs;
using Deltoid.Values;

namespace Deltoid.Codes.Official;

/// <summary>
/// Medically unlikely edits (<c>MCR_MUE_PractitionerServices_Eff_10-01-2026.csv</c>, …OutpatientHospitalServices…,
/// …DMESupplierServices…): a notice of many lines in quotes, a header, then code, value, adjudication indicator (<c>3
/// Date of Service Edit: Clinical</c>), rationale. The same table saved by others has the service in a column
/// (<c>hcpcs_code, mue_units, mue_mai, mue_rationale, mue_service</c>, with tabs), and its quarter in the name of the
/// file or of its folder (2026q3).
/// </summary>
sealed partial class NcciUnits(NcciUnits.Service service)
    : OfficialTable("ncci-mue-" + Words[(int)service].Name,
            "NCCI medically unlikely edits, " + Words[(int)service].Title, Words[(int)service].WholeFrom)
{
    /// <summary>In the order of the tables' numbers in a pack's rows.</summary>
    internal enum Service : byte { Practitioner, Outpatient, Supplier }

    static readonly (string Name, string Title, string Column, string Written, int WholeFrom)[] Words =
    [
        ("practitioner", "practitioner", "Practitioner", "Practitioner", 10_000),
        ("outpatient", "hospital outpatient", "OutpatientHospital", "Outpatient Hospital", 10_000),
        ("dme", "DME supplier", "DMESupplier", "DME Supplier", 2_000),
    ];

    string Column => Words[(int)service].Column;

    public override bool Knows(OfficialFile file) =>
        IsSaved(file) ? file.Says("\t" + Words[(int)service].Written) : file.IsNamed("MUE", Column)
            && !file.IsNamed(".pdf");

    /// <summary>Whether another program saved it, with the service in a column.</summary>
    static bool IsSaved(OfficialFile file) => file.Says("hcpcs_code\tmue_units\tmue_mai");

    public override void Read(OfficialFile file, Release release, PackDraft draft)
    {
        var isSaved = IsSaved(file);
        var rows = new Delimited(file, isSaved ? '\t' : ',');
        if (isSaved) SetQuarter(file, release);
        else SetRelease(file, release);
        var header = rows.FindHeader("HCPCS/CPT Code|HCPCS|hcpcs_code");
        int code = header["HCPCS/CPT Code|hcpcs_code"],
            value = header[isSaved ? "mue_units" : $"{Column} Services MUE Values|{Column}"],
            mai = header["MUE Adjudication Indicator|mue_mai"];
        var written = isSaved ? header["mue_service"] : -1;
        while (rows.Next())
        {
            if (rows.IsBlank) continue;
            if (isSaved) rows.Need(header);
            if (isSaved && Cell.Text(rows[written]) != Words[(int)service].Written)
                throw rows.Wrong("mue_service", "is not the same in every row");
            if (!Code.TryParse(rows[code], out var each)) throw rows.Wrong("HCPCS/CPT Code", "is not a code");
            if (!Cell.TryInt(rows[value], out var limit) || limit < 0)
                throw rows.Wrong("MUE Values", "is not a number of units");
            if (rows[mai] is not [>= (byte)'1' and <= (byte)'3' and var indicator, ..])
                throw rows.Wrong("MUE Adjudication Indicator", "does not begin with 1, 2 or 3");
            draft.Mues.Add(new(draft.Id(each), DateRange.Of(release.Covers.From!.Value), limit, (byte)service,
                (byte)(indicator - '0'), release.Number));
        }
    }

    [GeneratedRegex(@"(20\d\d)\s*q([1-4])", RegexOptions.IgnoreCase)]
    private static partial Regex Quarter();

    static void SetQuarter(OfficialFile file, Release release)
    {
        var said = Quarter().Match(file.Name) is { Success: true } own
            ? own
            : Quarter().Match($"{file.Folder}/{file.Path}");
        if (!said.Success)
            throw new OfficialFileException(0,
                "does not say of which quarter it is, in its name or in that of its folder",
                "name it so: mue_prac_2026q3.tsv");
        release.Covers = Quarters.Of(int.Parse(said.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            said.Groups[2].Value[0] - '0');
        release.Name = $"{release.Covers.From.Iso()}";
    }

    /// <summary>In force from the day in the name to the end of its quarter, and on until the next is known.</summary>
    static void SetRelease(OfficialFile file, Release release)
    {
        var at = file.Name.IndexOf("Eff", StringComparison.OrdinalIgnoreCase);
        var day = at < 0
            ? ""
            : new string([.. file.Name.AsSpan(at + 3).ToString().SkipWhile(static c => !char.IsAsciiDigit(c))
                    .TakeWhile(static c => char.IsAsciiDigit(c) || c is '-')]).Trim('-');
        if (!DateOnly.TryParseExact(day, ["MM-dd-yyyy", "M-d-yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var from))
            throw new OfficialFileException(0, "does not say in its name from which day it is in force",
                "keep the published name: MCR_MUE_PractitionerServices_Eff_10-01-2026.csv");
        release.Name = $"{from.Iso()}";
        release.Covers = DateRange.Of(from, Quarters.Holding(from).Thru);
    }
}
