using System.Globalization;
using Deltoid.Books;
using Deltoid.Codes.Official;

namespace Deltoid.Tests.Official;

/// <summary>
/// Files that must agree confront each other: each check on small files, one of which is falsified in one row.
/// </summary>
public sealed class WitnessesTests
{
    static string Gpci(int year,
        params string[] rows) =>
        $"ADDENDUM E,,,,,,\nMedicare Administrative Contractor (MAC),State,Locality Number,Locality "
            + $"Name,{year} PW GPCI (with 1.0 Floor),{year} PE GPCI,{year} MP "
            + $"GPCI\n{string.Join('\n', rows)}\n,,,,,,\n";

    const string Alaska = "02102,AK,01,ALASKA,1.500,1.065,0.551", Chicago = "06102,IL,16,CHICAGO,1.004,1.028,1.703",
        Ohio = "15202,OH,00,OHIO,1.000,0.911,0.949";

    static string Zip(string state, string zip, string carrier,
        string locality) => $"{state}{zip}{carrier}{locality}     {"0",2}{"",54}20261\r\n";

    static readonly string Zips = Zip("AK", "99501", "02102", "01") + Zip("IL", "60601", "06102", "16")
        + Zip("OH", "43004", "15202", "00");

    static string Limits(string quarter,
        params string[] rows) =>
        $"Payment Allowance Limits for Medicare Part B Drugs,,,,\n\"Effective "
            + $"{quarter}\",,,,\nHCPCS Code,Short Description,HCPCS Code Dosage,Payment "
            + $"Limit,Co-insurance Percentage\n{string.Concat(rows.Select(static r => r + "\n"))}";

    const string First = "January 1, 2026 through March 31, 2026", Second = "April 1, 2026 through June 30, 2026";

    static List<FileReport> Compile(params (string Path, string Text)[] files)
    {
        var compiler = new Compiler(static _ => { });
        compiler.Read(
            files.Select(static f =>
                new Met(f.Path,
                    new OfficialFile(f.Path[(f.Path.LastIndexOf('/') + 1)..], f.Path,
                    System.Text.Encoding.Latin1.GetBytes(f.Text)), "", "")));
        return compiler.Files;
    }

    /// <summary>These files are refused, each naming the other; all others are read.</summary>
    static void Refused(List<FileReport> files, string what, params string[] refused)
    {
        Assert.Equal(refused, files.Where(static f => f.Fate == Fate.Refused).Select(static f => f.Path));
        Assert.All(files.Where(static f => f.Fate == Fate.Refused),
            f => Assert.True(f.Why.Contains(what, StringComparison.Ordinal) && f.Try.Length > 0, f.Why));
        Assert.All(files.Where(f => !refused.Contains(f.Path)), static f => Assert.Equal(Fate.Read, f.Fate));
    }

    [Fact]
    public void Localities_have_zip_codes()
    {
        Refused(Compile(("a/GPCI2026.csv", Gpci(2026, Alaska, Chicago, Ohio)), ("ZIP5_JAN2026.txt", Zips)), "");
        Refused(Compile(("a/GPCI2026.csv", Gpci(2026, Alaska, Chicago.Replace(",16,", ",01,"), Ohio)),
                ("ZIP5_JAN2026.txt", Zips)),
            "contradicts ZIP5_JAN2026.txt in the localities: locality 06102-01 has no ZIP "
                + "code, locality 06102-16 of 1 ZIP codes has no indices", "a/GPCI2026.csv");
    }

    [Fact]
    public void Zip_codes_have_localities_and_where_nothing_says_which_is_wrong_neither_is_taken() =>
        Refused(Compile(("GPCI2026.csv", Gpci(2026, Alaska, Chicago)), ("ZIP5_JAN2026.txt", Zips)),
            "locality 15202-00 of 1 ZIP codes has no indices", "GPCI2026.csv", "ZIP5_JAN2026.txt");

    [Fact]
    public void A_file_that_two_others_contradict_is_the_wrong_one() =>
        Refused(Compile(("GPCI2025.csv", Gpci(2025, Alaska, Chicago, Ohio)),
            ("GPCI2026.csv", Gpci(2026, Alaska, Chicago, Ohio)),
            ("ZIP5_JAN2026.txt", Zips + Zip("IN", "46001", "08102", "00"))), "it also contradicts", "ZIP5_JAN2026.txt");

    [Fact]
    public void Indices_of_a_year_are_the_same_in_all_releases()
    {
        var whole = ("rvu26b/GPCI2026.csv", Gpci(2026, Alaska, Chicago, Ohio));
        Refused(Compile(whole, ("rvu26c/GPCI2026.csv", Gpci(2026, Alaska, Chicago.Replace("1.028", "1.280"), Ohio))),
            "locality 06102-16 has other indices", "rvu26b/GPCI2026.csv", "rvu26c/GPCI2026.csv");
        // the one with fewer rows
        Refused(Compile(whole, ("rvu26c/GPCI2026.csv", Gpci(2026, Alaska, Chicago))), "contradicts rvu26b/GPCI2026.csv",
            "rvu26c/GPCI2026.csv");
    }

    [Fact]
    public void Localities_are_those_of_the_year_before() =>
        Refused(Compile(("GPCI2025.csv", Gpci(2025, Alaska, Chicago, Ohio)),
                ("GPCI2026.csv", Gpci(2026, Alaska, Ohio))), "locality 06102-16 is in one of them only",
            "GPCI2026.csv");

    [Fact]
    public void Indices_do_not_jump_from_one_year_to_the_next()
    {
        var before = ("GPCI2025.csv", Gpci(2025, Alaska, Chicago, Ohio));
        Refused(Compile(before,
                ("GPCI2026.csv",
                    Gpci(2026, Alaska, Chicago.Replace("1.028", "1.049").Replace("1.703", "1.936"), Ohio))), "");
        // 2024 confirms 2025
        Refused(Compile(before, ("GPCI2026.csv", Gpci(2026, Alaska, Chicago.Replace("1.028", "1.280"), Ohio)),
                ("GPCI2024.csv", Gpci(2024, Alaska, Chicago, Ohio))), "an index of locality 06102-16 moved",
            "GPCI2026.csv");
    }

    static string Cap(string code, string locality,
        string amount) => $"{code}TC A 06102  {locality} {amount,8}{amount,10}\r\n";

    static string Values(string code, string modifier, string work, string total,
        string cap) =>
        $"{code,-5}{modifier,-2}{"Own label",-50}A {work,6}   1.00     1.00    0.05 "
            + $"{total,6}{total,6}1XXX.00.00.0000000{"",12}{"32.3465",8} 090 99    {cap,6} {cap,6}   0.01\r\n";

    [Fact]
    public void Caps_are_values_times_indices_times_factor()
    {
        // ((0.00 x 1.004) + (0.50 x 1.028) + (0.01 x 1.703)) x 32.3465 = 17.18
        (string, string)[] Of(string indices, string cap) =>
            [
                ("RVU25D/GPCI2025.csv", Gpci(2025, Alaska, indices, Ohio)),
                ("RVU25D/PPRRVU2025_Oct.txt",
                    Values("70010", "TC", "0.00", "1.05", "0.50") + Values("70020", "TC", "0.00", "1.05", "0.50")),
                ("RVU25D/OPPSCAP_Oct.txt", Cap("70010", "16", "17.18") + Cap("70020", "16", cap)),
            ];
        Refused(Compile(Of(Chicago, "17.18")), "");
        Refused(Compile(Of(Chicago, "18.17")),
            "contradicts RVU25D/GPCI2025.csv in the caps: relative values "
                + "times indices times factor: 70020 in 06102-16", "RVU25D/OPPSCAP_Oct.txt");
        Refused(Compile(Of(Chicago.Replace("1.028", "1.280"), "17.18")),
            "contradicts RVU25D/OPPSCAP_Oct.txt in the caps", "RVU25D/GPCI2025.csv");
    }

    [Fact]
    public void Totals_are_the_sums_of_their_parts()
    {
        Refused(Compile(("PPRRVU2025_Oct.txt", Values("70010", "", "0.00", "1.05", "0.00"))), "");
        Refused(Compile(("PPRRVU2025_Oct.txt",
                Values("70010", "", "0.00", "1.05", "0.00") + Values("70020", "26", "0.17", "1.05", "0.00"))),
            "contradicts itself in the totals and their parts: 70020-26", "PPRRVU2025_Oct.txt");
    }

    [Fact]
    public void Relative_values_of_a_year_hardly_change() =>
        Refused(Compile(("PPRRVU2025_Apr.txt", Values("70010", "", "0.00", "1.05", "0.00")),
                ("PPRRVU2025_Oct.txt", Values("70010", "", "0.10", "1.15", "0.00"))),
            "in the relative values of a year: 70010", "PPRRVU2025_Apr.txt", "PPRRVU2025_Oct.txt");

    [Fact]
    public void Units_of_a_code_never_change()
    {
        var before = ("a/January payment limit.csv",
            Limits(First, "J1885,our label,15 MG,0.3,20", "J0561,our label,\"100,000 UNITS\",20,20"));
        Refused(Compile(before, ("b/April payment limit.csv", Limits(Second, "J1885,our label,15 MG,0.4,20"))), "");
        Refused(Compile(before, ("b/April payment limit.csv", Limits(Second, "J1885,our label,50 MG,0.4,20"))),
            "J1885: ", "a/January payment limit.csv", "b/April payment limit.csv");
    }

    /// <summary>
    /// A slip of one row in a whole file does not cost the file: the row is left out when two other files contradict
    /// it, and named.
    /// </summary>
    [Fact]
    public void A_row_that_two_files_contradict_is_left_out()
    {
        static string Quarter(string days, string dosage) =>
            Limits(days,
                    [.. Enumerable.Range(0, 300)
                        .Select(static i =>
                        string.Create(CultureInfo.InvariantCulture, $"A{i:0000},our label,1 MG,1,20")),
                        $"J2277,our label,{dosage},3,20"]);
        var files = Compile(("a payment limit.csv", Quarter(First, "0.25 MG")),
            ("b payment limit.csv", Quarter(Second, "1 MG")),
            ("c payment limit.csv", Quarter("July 1, 2026 through September 30, 2026", "0.25 MG")));
        Refused(files, "");
        Assert.Equal([301, 300, 301], files.Select(static f => f.Rows));
        Assert.Equal(["J2277 has another unit than in the other files"],
            files[1].Release!.Reported.Select(static t => t.Why));
        Assert.Contains("J2277: 1 mg and 0.25 mg", Assert.Single(files[1].Doubts), StringComparison.Ordinal);
    }

    /// <summary>
    /// A HCPCS file of thousands of codes, of which one has a unit; with fewer rows it is an excerpt and is no witness.
    /// </summary>
    static string Hcpcs(params (string Code, string Text)[] codes)
    {
        var all = codes.Concat(Enumerable.Range(0, 6_000)
            .Select(static i => (Code: string.Create(CultureInfo.InvariantCulture, $"A{i:0000}"), Text: "Supply")));
        return string.Concat(all.Select(
                static c => $"{c.Code}001003{c.Text,-80}{c.Text[..Math.Min(28, c.Text.Length)],-28}"
                    + $"{"",149}200001012000010120991231A{"",27}\r\n"));
    }

    [Fact]
    public void Payment_limits_are_of_codes_that_exist_and_of_their_unit()
    {
        var hcpcs = ("HCPC2026_APR_ANWEB.txt", Hcpcs(("J1885", "Injection, ketorolac tromethamine, per 15 mg")));
        Refused(Compile(hcpcs,
                ("January payment limit.csv",
                    Limits(First, "J1885,our label,15 MG,0.3,20", "90656,our label,0.5 ML,20,0"))), "");
        Refused(Compile(hcpcs,
                ("January payment limit.csv",
                    Limits(First, "J1885,our label,15 MG,0.3,20", "J1886,our label,15 MG,0.3,20"))),
            "contradicts HCPC2026_APR_ANWEB.txt in the codes: J1886", "January payment limit.csv");
        Refused(Compile(hcpcs, ("January payment limit.csv", Limits(First, "J1885,our label,30 MG,0.3,20"))),
            "in the units: J1885", "HCPC2026_APR_ANWEB.txt", "January payment limit.csv");
    }

    [Fact]
    public void Packages_are_of_codes_that_exist()
    {
        static string Packages(string code) =>
            "ASP NDC-HCPCS Crosswalk,,,,,,,,,\n\"Effective " + First
                + "\",,,,,,,,,\n_2026_CODE,Short Description,LABELER NAME,NDC2,Drug "
                + "Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG\n" + code
                + ",our label,Own Maker,00409-3795-01,Ketorolac,15 MG,1,25,2,50\n";
        var hcpcs = ("HCPC2026_APR_ANWEB.txt", Hcpcs(("J1885", "Injection, ketorolac tromethamine, per 15 mg")));
        Refused(Compile(hcpcs, ("ndc crosswalk.csv", Packages("J1885"))), "");
        Refused(Compile(hcpcs, ("ndc crosswalk.csv", Packages("J1886"))), "in the codes: J1886", "ndc crosswalk.csv");
        var limits = ("January payment limit.csv",
            Limits(First,
                [.. Enumerable.Range(0, 600)
                    .Select(static i =>
                    string.Create(CultureInfo.InvariantCulture, $"A{i:0000},our label,per dose,1,20")),
                    "J1885,our label,15 MG,0.3,20"]));
        Refused(Compile(limits, ("ndc crosswalk.csv", Packages("J1885"))), "");
        Refused(Compile(limits, ("ndc crosswalk.csv", Packages("J1886"))), "in the codes of a quarter: J1886",
            "ndc crosswalk.csv");
    }

    [Fact]
    public void Of_two_payment_files_of_a_quarter_the_later_one_is_in_force()
    {
        var files = Compile(("ASP Pricing payment limit 121525.csv", Limits(First, "J2782,our label,1 MG,2,20")),
            ("ASP Pricing payment limit 011026.csv", Limits(First, "J2782,our label,1 MG,3,20")));
        Assert.Equal(("ASP Pricing payment limit 121525.csv", Fate.Left), (files[0].Path, files[0].Fate));
        Assert.Contains("was published again", files[0].Why, StringComparison.Ordinal);
        Assert.Equal(Fate.Read, files[1].Fate);
    }

    const string Order = "00001 D69     0 Purpura                                                  "
        + "    Purpura and other hemorrhagic conditions\r\n"
        + "00002 D691    1 Qualitative platelet defects                       "
        + "          Qualitative platelet defects\r\n";

    static string Changed(string action, char flag, string code,
        string text) => $"{action + ":",-13}{flag} {code,-7} {text,-60} {text}\r\n";

    static string Addenda(string headers = "2", string codes = "1") =>
        Changed("Delete", '1', "D691", "Qualitative platelet defects")
            + Changed("Add", '0', "D691", "Qualitative platelet defects")
            + Changed("Add", '1', "D6911", "Glanzmann thrombasthenia")
            + $"\r\nHeaders\r\n      1 headers in icd10cm_order_2026.txt\r\n      {headers} headers "
            + $"in icd10cm_order_2027.txt\r\nCodes\r\n      1 codes in icd10cm_order_2026.txt\r\n   "
            + $"   {codes} codes in icd10cm_order_2027.txt\r\n";

    [Fact]
    public void Addenda_make_the_next_year_and_their_totals_come_out()
    {
        var files = Compile(("icd10cm_order_2026.txt", Order), ("icd10cm_order_addenda_2027.txt", Addenda()));
        Assert.All(files, static f => Assert.Equal(Fate.Read, f.Fate));
        Assert.Equal(("FY2027", 3), (files[1].Release!.Name, files[1].Rows));
        Refused(Compile(("icd10cm_order_2026.txt", Order), ("icd10cm_order_addenda_2027.txt", Addenda(codes: "2"))),
            "counts 2 codes in 2027, and 1 come out", "icd10cm_order_addenda_2027.txt");
        Refused(Compile(("icd10cm_order_2026.txt", Order.Replace("D691 ", "D692 ")),
                ("icd10cm_order_addenda_2027.txt", Addenda())), "'Delete D691' where that file does not have the code",
            "icd10cm_order_addenda_2027.txt");
        Assert.Contains("give both", Assert.Single(Compile(("icd10cm_order_addenda_2027.txt", Addenda()))).Why,
            StringComparison.Ordinal);
    }

    /// <summary>The made-up indices of 2026 are refused beside each of the files that know better.</summary>
    [Theory]
    [InlineData("zip-locality-2025q4/ZIP5_OCT2025.txt")]
    [InlineData("pfs-rvu26b/GPCI2026.csv")]
    [InlineData("pfs-rvu25d/GPCI2025.csv")]
    public void The_made_up_file_is_refused_beside_any_witness(string witness)
    {
        OfficialFiles.Need();
        Assert.SkipUnless(File.Exists(OfficialFiles.At("pfs-rvu26c/GPCI2026.csv")), "the made-up file is gone");
        Refused(Compile(
            [.. ((string[])[witness, "pfs-rvu26c/GPCI2026.csv"])
                .Select(static f => (f, System.Text.Encoding.Latin1.GetString(OfficialFiles.Bytes(f))))]),
            $"contradicts {witness}", "pfs-rvu26c/GPCI2026.csv");
    }

    /// <summary>One index of one locality changed: the other release of the year, the caps or both say so.</summary>
    [Fact]
    public void The_official_indices_with_one_row_changed_are_refused()
    {
        OfficialFiles.Need();
        static string Read(string file) => System.Text.Encoding.Latin1.GetString(OfficialFiles.Bytes(file));
        var files = new[]
        {
            "pfs-rvu25d/PPRRVU2025_Oct.csv", "pfs-rvu25d/OPPSCAP_Oct.txt", "zip-locality-2025q4/ZIP5_OCT2025.txt"
        }.Select(f => (f, Read(f)));
        var indices = Read("pfs-rvu25d/GPCI2025.csv");
        Refused(Compile([.. files, ("pfs-rvu25d/GPCI2025.csv", indices)]), "");
        var row = indices.Split('\n')
            .Single(static l => l.Contains("SAN FRANCISCO/SAN MATEO", StringComparison.Ordinal));
        var report = Compile([.. files,
            ("pfs-rvu25d/GPCI2025.csv",
                indices.Replace(row, row.Replace("1.419", "1.491"), StringComparison.Ordinal))]);
        Refused(report, "contradicts pfs-rvu25d/OPPSCAP_Oct.txt in the caps", "pfs-rvu25d/GPCI2025.csv");
    }
}
