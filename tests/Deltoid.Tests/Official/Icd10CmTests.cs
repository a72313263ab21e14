using Deltoid.Books;
using Deltoid.Codes.Packs;
using static Deltoid.Codes.Packs.DiagnosisTraits;
using static Deltoid.Tests.Official.OneFile;

namespace Deltoid.Tests.Official;

public sealed class Icd10CmTests
{
    const string Name = "icd10cm_order_2026.txt";

    static string Line(int order, string code, char flag, string text,
        string? brief =
            null) => $"{order:00000} {code,-7} {flag} {brief ?? (text.Length > 60 ? text[..60] : text),-60} {text}\r\n";

    static readonly string Text = Line(1, "C4A", '0', "Merkel cell carcinoma")
        + Line(2, "C44", '0', "Other and unspecified malignant neoplasm of skin")
        + Line(3, "D638", '1', "Anemia in other chronic diseases classified elsewhere")
        + Line(4, "B950", '1', "Streptococcus, group A, as the cause of diseases classified elsewhere")
        + Line(5, "M751", '0', "Rotator cuff tear or rupture, not specified as traumatic")
        + Line(6, "M75100", '1',
            "Unspecified rotator cuff tear or rupture of unspecified shoulder, not specified as traumatic",
            "Unsp rotatr-cuff tear/ruptr of unsp shoulder, not trauma")
        + Line(7, "M75101", '1',
            "Unspecified rotator cuff tear or rupture of right shoulder, not specified as traumatic")
        + Line(8, "M75102", '1',
            "Unspecified rotator cuff tear or rupture of left shoulder, not specified as traumatic")
        + Line(9, "G8190", '1', "Hemiplegia, unspecified affecting unspecified side")
        + Line(10, "G8191", '1', "Hemiplegia, unspecified affecting right dominant side")
        + Line(11, "H6593", '1', "Unspecified nonsuppurative otitis media, bilateral")
        + Line(12, "A009", '1', "Cholera, unspecified");

    static Dictionary<string, (DiagnosisTraits Traits, string Label)> Read(OneFile file)
    {
        var (flags, labels) = (file.Rows<DiagnosisTraits>("icd:flag"), file.Rows<TextRef>("icd:label"));
        return file.Rows<ulong>("icd")
            .Select((c, i) => (new Values.Code(c).ToString(), (flags[i], file.Text(labels[i])))).ToDictionary();
    }

    [Fact]
    public void Codes_are_sorted_whatever_the_order_of_the_file()
    {
        var file = Of(Name, Text);
        Assert.Equal(("FY2026", Days("2025-10-01", "2026-09-30"), 12),
            (file.Report.Release!.Name, file.Report.Release.Covers, file.Report.Rows));
        var codes = file.Rows<ulong>("icd");
        Assert.Equal(codes.Order(), codes);
    }

    [Fact]
    public void Traits_come_from_flag_and_words()
    {
        var read = Read(Of(Name, Text));
        Assert.Equal(None, read["M751"].Traits);
        Assert.Equal(Billable | Unspecified | SideUnspecified, read["M75100"].Traits);
        Assert.Equal(Billable | Unspecified | Right, read["M75101"].Traits);
        Assert.Equal(Billable | Unspecified | Left, read["M75102"].Traits);
        Assert.Equal(Billable | Unspecified | SideUnspecified, read["G8190"].Traits);
        Assert.Equal(Billable | Unspecified | Bilateral, read["H6593"].Traits);
        Assert.Equal(Billable | Unspecified, read["A009"].Traits);
        Assert.Equal(Billable | Manifestation, read["D638"].Traits);
        Assert.Equal(Billable, read["B950"].Traits);
    }

    [Fact]
    public void The_label_is_the_long_text_unless_it_is_too_long()
    {
        var read = Read(Of(Name, Text));
        Assert.Equal("Unsp rotatr-cuff tear/ruptr of unsp shoulder, not trauma", read["M75100"].Label);
        Assert.Equal("Cholera, unspecified", read["A009"].Label);
    }

    [Fact]
    public void What_is_not_the_layout_is_refused()
    {
        Refused(Name, Line(1, "A009", '1', "Cholera") + Line(2, "A009", '1', "Cholera"), "A00.9 twice");
        Refused(Name, Line(1, "A009", '1', "Cholera") + Line(3, "A010", '1', "Typhoid"),
            "'order number' does not follow");
        Refused(Name, Line(1, "A009", '2', "Cholera"), "'valid flag' is neither 0 nor 1");
        Refused(Name, Line(1, "A-09", '1', "Cholera"), "'code' is not a diagnosis");
        Refused(Name, Line(1, "A009", '1', "Cholera").Replace(" 1 ", "11 "), "letters between its columns");
        Refused(Name, "A009 Cholera\n", "shorter than its columns");
        Refused(Name, Text.TrimEnd()[..^2], "has no end; it is the last line");
        Refused(Name, Text[..^100], "it is the last line");
        Refused("icd10cm_order.txt", Text, "which fiscal year");
    }

    [Fact]
    public void Utf_16_is_refused() =>
        Assert.Contains("UTF-16", Of(Name, System.Text.Encoding.Unicode.GetBytes(Text)).Report.Why,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("icd10cm_codes_2026.txt", "the order file")]
    [InlineData("icd10cm_order_addenda_2026.txt", "give both")]
    public void The_other_files_of_the_release_are_left(string name, string why)
    {
        var report = Of(name, Text).Report;
        Assert.Equal(Fate.Left, report.Fate);
        Assert.Contains(why, report.Why, StringComparison.Ordinal);
    }
}
