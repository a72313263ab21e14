using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Forms;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// The paper claim: what stands in which box, where it is printed, and that nothing is lost without a finding. All
/// names are made up.
/// </summary>
public sealed partial class Cms1500Tests
{
    const string Infusion = """
        {"id":"PT-1001","statements":{"signature":"Y","signatureDate":"2026-03-04","assignment":"A","benefits":"Y","release":"Y","releaseDate":"2026-01-05","otherPlan":false},"frequency":"7","setting":"professional","placeOfService":"11",
         "billingProvider":{"name":"Oak Street Medicine, P.C.","npi":"1234567893","taxId":"12-3456789","address":{"line":"210 N. Oak Street, #4","city":"Springfield","state":"IL","zip":"62704-1234"},"taxonomy":"207R00000X"},
         "renderingProvider":{"name":"Brooks","first":"Dana M","npi":"1497758544","taxonomy":"207R00000X"},
         "referringProvider":{"name":"O'Neil-Hart","first":"Peter J.","npi":"1245319599"},
         "serviceFacility":{"name":"Oak Street Infusion","npi":"1881018208","address":{"line":"212 N Oak St","city":"Springfield","state":"IL","zip":"627041234"}},
         "subscriber":{"name":"Núñez","first":"María L","memberId":"XYZ-123 456","birthDate":"1958-04-09","sex":"F","address":{"line":"18 Maple Ave., Apt. 3","city":"Springfield","state":"IL","zip":"62704"}},
         "payer":{"kind":"commercial","id":"12345","name":"Prairie Health Plan"},
         "priorAuthorization":"A-00712","originalReference":"2026045000123","narrative":"B12 level low on 2025-12-20; intrinsic factor missing; no oral",
         "diagnoses":["D51.0","E11.9","M17.11","Z79.4","I10"],
         "lines":[
          {"code":"99213","modifiers":["25"],"units":1,"charge":110,"date":"2026-03-02","diagnoses":[2,5]},
          {"code":"96372","units":1,"charge":38,"date":"2026-03-02","diagnoses":[1]},
          {"code":"J3420","modifiers":["JZ"],"units":1,"charge":12.5,"date":"2026-03-02","diagnoses":[1],"ndc":{"code":"00517003125","unit":"ML","quantity":1}},
          {"code":"96413","units":1,"charge":1234.56,"date":"2026-03-03","diagnoses":[3]},
          {"code":"J3590","modifiers":["JW","59","LT","XS"],"units":1.5,"charge":123456.78,"date":"2026-03-03","thru":"2026-03-04","diagnoses":[3,1,2,4],"ndc":{"code":"00517-0031-25","unit":"UN","quantity":2.5},"narrative":"unclassified biologic 40 mg"}]}
        """;

    const string Medicare = """
        {"id":"M7","statements":{"signature":"Y","signatureDate":"2026-03-04","assignment":"A","benefits":"Y","release":"Y"},"setting":"professional","placeOfService":"11",
         "billingProvider":{"name":"Reed","first":"Sam","npi":"1234567893","taxId":"123-45-6789","address":{"line":"9 Elm Rd","city":"Peoria","state":"IL","zip":"61602"}},
         "supervisingProvider":{"name":"Lane","first":"Kim","npi":"1245319599"},"orderingProvider":{"name":"Hale","first":"Jo","npi":"1881018208"},
         "subscriber":{"name":"Field","first":"Alan","memberId":"1EG4-TE5-MK73","birthDate":"1950-01-31","sex":"M","address":{"line":"1 First St","city":"Peoria","state":"IL","zip":"61602"}},
         "payer":{"kind":"medicare","name":"Part B"},"diagnoses":["Z23"],
         "lines":[{"code":"G0008","units":1,"charge":30,"date":"2026-01-05","diagnoses":[1]},{"code":"90662","units":1,"charge":75.1,"date":"2026-01-05","diagnoses":[1]}]}
        """;

    static Claim Read(string json)
    {
        var claim = new Claim();
        ClaimJson.Read(Encoding.UTF8.GetBytes(json), claim);
        return claim;
    }

    static IReadOnlyList<Cms1500Form> Forms(string json, out string[] findings)
    {
        var list = new FindingList();
        var forms = Cms1500.Of(Read(json), list);
        findings = [.. list.Span.ToArray().Select(f => $"{f.Info.Id} {f.Place.Line} {FindingText.Message(f)}")];
        return forms;
    }

    /// <summary>
    /// The filled boxes of a form in order, checks by name only; boxes of a line of service with its number.
    /// </summary>
    static string Boxes(Cms1500Form form, Func<Cms1500Entry, bool> which) =>
        string.Join(" | ",
            form.Entries.Where(which)
                .Select(e => e.Box.Name + (e.Row > 0 ? $"#{e.Row + 1}" : "")
                    + (e.Box.Kind == Cms1500Kind.Check ? "" : " " + e.Text)));

    [Fact]
    public void A_replacement_with_drugs_fills_its_boxes()
    {
        var form = Assert.Single(Forms(Infusion, out var findings));
        Assert.Empty(findings);
        Assert.Equal("carrier.1 PRAIRIE HEALTH PLAN | 1.other | 1a XYZ123456 | 2 NUNEZ, MARIA, L | 3 04 09 1958 | 3.f "
                + "| 4 NUNEZ, MARIA, L | 5.street 18 MAPLE AVE APT 3 | 6.self | 7.street 18 MAPLE AVE APT 3 | "
                + "5.city SPRINGFIELD | 5.state IL | 7.city SPRINGFIELD | 7.state IL | 5.zip 62704 | "
                + "7.zip 62704 | 10a.no | 11a 04 09 1958 | 11a.f | 10b.no | 10c.no | 11d.no | 12 "
                + "SIGNATURE ON FILE | 12.date 01 05 2026 | 13 SIGNATURE ON FILE | "
                + "17.qual DN | 17 PETER J O'NEIL-HART | 17b 1245319599 | 19.top B12 LEVEL LOW ON | 19 "
                + "2025-12-20; INTRINSIC FACTOR MISSING; NO ORAL | 21.icd 0 | 21a D510 | 21b E119 | 21c M1711 | "
                + "21d Z794 | "
                + "22 7 | 22.ref 2026045000123 | 21e I10 | 23 A00712", Boxes(form, e => e.Line < 45));
        Assert.Equal("24a.from 03 02 26 | 24a.to 03 02 26 | 24b 11 | 24d 99213 | 24d.m1 25 "
                + "| 24e BE | 24f 11000 | 24g 1 | 24j 1497758544", Boxes(form, e => e.Line == 46));
        Assert.Equal("24.top#3 N400517003125   ML1 | 24i#3 ZZ | 24j.top#3 207R00000X", Boxes(form, e => e.Line == 49));
        Assert.Equal("24.top#5 N400517003125   UN2.5   ZZUNCLASSIFIED BIOLOGIC 40 MG | 24i#5 ZZ | 24j.top#5 207R00000X",
            Boxes(form, e => e.Line == 53));
        Assert.Equal("24a.from#5 03 03 26 | 24a.to#5 03 04 26 | 24b#5 11 | 24d#5 J3590 | 24d.m1#5 JW | 24d.m2#5 59 | "
                + "24d.m3#5 LT | 24d.m4#5 XS | 24e#5 CABD | 24f#5 12345678 | 24g#5 1.5 | 24j#5 1497758544",
            Boxes(form, e => e.Line == 54));
        Assert.Equal("25 123456789 | 25.ein | 26 PT1001 | 27.yes | 28 12485184 | 32.name OAK STREET "
                + "INFUSION | 33.name OAK STREET MEDICINE PC | 32.street 212 N OAK ST | 33.street "
                + "210 N OAK STREET 4 | 31 SIGNATURE ON FILE | "
                + "32.city SPRINGFIELD IL 627041234 | 33.city SPRINGFIELD IL 627041234 | 31.date 03 "
                + "04 26 | 32a 1881018208 | 33a 1234567893 | 33b ZZ207R00000X", Boxes(form, e => e.Line > 56));
    }

    [Fact]
    public void Medicare_has_its_own_rules_for_the_insured()
    {
        var form = Assert.Single(Forms(Medicare, out var findings));
        Assert.Equal("FRM0004 0 box 17 holds one value, and the claim has 2; the first is printed",
            Assert.Single(findings));
        Assert.Equal("carrier.1 PART B | 1.medicare | 1a 1EG4TE5MK73 | 2 FIELD, ALAN | 3 01 31 1950 | 3.m | 5.street 1 "
                + "FIRST ST | 5.city PEORIA | 5.state IL | 5.zip 61602 | 11 NONE | 10a.no | 10b.no | 10c.no | "
                + "12 SIGNATURE ON FILE | 13 SIGNATURE ON FILE | 17.qual DK | 17 JO "
                + "HALE | 17b 1881018208 | 21.icd 0 | 21a Z23", Boxes(form, e => e.Line < 45));
        Assert.Equal("25 123456789 | 25.ssn | 26 M7 | 27.yes | 28 10510 | 32.name SAM REED | 33.name "
                + "SAM REED | 32.street 9 ELM RD | 33.street 9 ELM RD | 31 SIGNATURE ON FILE | "
                + "32.city PEORIA IL 61602 | 33.city PEORIA IL 61602 | "
                + "31.date 03 04 26 | 32a 1234567893 | 33a 1234567893", Boxes(form, e => e.Line > 56));
    }

    const string Child = """
        {"id":"C1","setting":"professional","placeOfService":"11","payer":{"kind":"commercial","name":"Prairie Health Plan"},"patientPaid":10,
         "statements":{"signature":"N","signatureDate":"2026-03-04","assignment":"A","benefits":"N","release":"Y"},
         "billingProvider":{"name":"Reed","first":"Sam","npi":"1234567893","taxId":"987654321","phone":"(217) 555-0100"},
         "subscriber":{"name":"Field","first":"Alan","suffix":"Jr.","memberId":"W1","sex":"M","phone":"1-217-555-0101 x7","group":"G-77","plan":"Gold, 500"},
         "patient":{"name":"Field","first":"Mia","middle":"Ann","relationship":"19","birthDate":"2020-05-06","sex":"F"},"diagnoses":["Z23"],"clia":"14D0000001","priorAuthorization":"A1",
         "lines":[{"code":"90471","units":1,"charge":30,"date":"2026-01-05","diagnoses":[1]}],
         "other":["HL*2*1*22*1","SBR*P**G1******CI","NM1*PR*2*Prairie*****PI*1","N3*PO Box 5*Floor 2","N4*Peoria*IL*61602","HL*3*2*23*0","PAT*19","CLM*C1*30***11:B:1*Y*A*N*Y**AA:OA::IL","DTP*484*D8*20260110","DTP*431*D8*20260109",
          "DTP*454*D8*20260111","DTP*314*RD8*20260112-20260120","DTP*435*D8*20260113","DTP*096*D8*20260114","DTP*431*D8*2026011","DTP*31*D8*20260115","REF*Y4*PC-77",
          "SBR*S*18*G9******CI","AMT*D*20.5","NM1*IL*1*Lund*Eva*Berit**III*MI*W55","N3*1 Elm","NM1*PR*2*Other Payer*****PI*2","SBR*T*18*G8*Third","NM1*IL*1*Nobody","LX*1","DTP*431*D8*20200101"]}
        """;

    [Fact]
    public void What_the_claim_keeps_of_X12_fills_the_boxes_it_has_no_fields_for()
    {
        var form = Assert.Single(Forms(Child, out var findings));
        Assert.Equal(["FRM0001 0 box 7PHONE holds 10 characters and 13 are needed",
                "FRM0002 0 box 25 must be filled and is empty", "FRM0002 0 box 31 must be filled and is empty",
                "FRM0004 0 box 23 holds one value, and the claim has 2; the first is printed"], findings.Order());
        Assert.Equal("carrier.1 PRAIRIE HEALTH PLAN | carrier.2 PO BOX 5 FLOOR 2 | carrier.3 PEORIA IL 61602 | "
                + "1.group | 1a W1 | 2 FIELD, MIA, A | 3 05 06 2020 | 3.f | 4 FIELD JR, ALAN | 6.child | 9 "
                + "LUND III, EVA, B | 11 G77 | 9a G9 | 10a.no | 11a.m | "
                + "10b.yes | 10b.state IL | 11b.qual Y4 | 11b PC77 | 10c.yes | 11c GOLD 500 | 9d OTHER PAYER | "
                + "11d.yes | 12 SIGNATURE ON FILE | 13 NO SIGNATURE ON FILE | 14 01 10 2026 | 14.qual 484 | "
                + "15.qual 454 | 15 01 11 2026 | 16.from 01 12 2026 | 16.to 01 20 2026 | "
                + "18.from 01 13 2026 | 18.to 01 14 2026 | 21.icd 0 | 21a Z23 | 23 A1", Boxes(form, e => e.Line < 45));
        Assert.Equal("25 987654321 | 26 C1 | 27.yes | 28 3000 | 29 3050 | 33.area 217 | 33.phone "
                + "5550100 | 33.name SAM REED | 31.date 03 04 26 | 33a 1234567893", Boxes(form, e => e.Line > 56));
        var second = Child.Replace("commercial", "medicare")
            .Replace("\"name\":\"Prairie Health Plan\"", "\"responsibility\":\"S\"");
        Assert.Equal("4 LUND III, EVA, B | 11 G9 | 11c OTHER PAYER",
            Boxes(Forms(second, out _)[0],
                e => e.Box.Item is "4" or "6" or "7" or "9" or "9a" or "11" or "11a" or "11c" or "11d"));
    }

    [Theory]
    [InlineData("\"assignment\":\"A\"", "\"assignment\":\"C\"", "27.no", "")]
    [InlineData("\"assignment\":\"A\"", "\"assignment\":\"B\"", "",
        "FRM0011 box 27 cannot show what the claim gives in statements.assignment (CLM07 of an 837)")]
    [InlineData("\"assignment\":\"A\",", "", "",
        "FRM0010 box 27 is empty: the claim does not give statements.assignment (CLM07 of an 837)")]
    [InlineData("\"release\":\"Y\"", "\"release\":\"I\"", "12 NO SIGNATURE ON FILE", "")]
    [InlineData("\"benefits\":\"Y\"", "\"benefits\":\"W\"", "13 NO SIGNATURE ON FILE", "")]
    [InlineData("\"signature\":\"Y\"", "\"signature\":\"N\"", "31.date 03 04 26",
        "FRM0002 box 31 must be filled and is empty")]
    [InlineData("\"signatureDate\":\"2026-03-04\",", "", "31 SIGNATURE ON FILE",
        "FRM0012 box 31 has a signature and no date: the claim does not say when it was signed "
            + "(statements.signatureDate)")]
    [InlineData("\"otherPlan\":false", "\"otherPlan\":true", "11d.yes", "FRM0002 box 9 must be filled and is empty")]
    [InlineData(",\"otherPlan\":false", "", "",
        "FRM0013 box 11D is empty: the claim does not say whether the patient has another health plan "
            + "(statements.otherPlan)")]
    public void A_statement_is_shown_as_it_was_made_and_never_made_up(string stated, string instead, string boxes,
        string finding)
    {
        Assert.Contains(stated, Infusion, StringComparison.Ordinal);
        var form = Assert.Single(Forms(Infusion.Replace(stated, instead, StringComparison.Ordinal), out var findings));
        Assert.Equal(finding, string.Join(' ', findings).Replace(" 0 box", " box", StringComparison.Ordinal));
        var item = Items.First(i => stated.Contains(i.Field, StringComparison.Ordinal)).Item;
        Assert.Equal(boxes, Boxes(form, e => e.Box.Item == item && e.Box.Name != "12.date"));
    }

    static readonly (string Field, string Item)[] Items =
    [("assignment", "27"), ("release", "12"), ("benefits", "13"), ("signature", "31"), ("otherPlan", "11d")];

    [Fact]
    public void The_text_page_stands_in_its_lines_and_columns()
    {
        var page = Encoding.ASCII.GetString(Cms1500Text.Write(Forms(Medicare, out _)));
        Assert.Equal(66, page.Count(c => c == '\n'));
        Assert.Equal(Page,
            string.Join('\n',
                page.Split('\n').Select((line, i) => line.Length == 0 ? "" : $"{i + 1,2} {line}")
                    .Where(line => line.Length > 0)));
    }

    const string Page = """
         4                                         PART B
        10 X                                                1EG4TE5MK73
        12 FIELD, ALAN                   01 31 1950 X
        14 1 FIRST ST
        16 PEORIA                   IL
        18 61602
        20                                                  NONE
        22                                         X
        24                                         X
        26                                         X
        31       SIGNATURE ON FILE                               SIGNATURE ON FILE
        36 DK JO HALE                      1881018208
        39                                          0
        40   Z23
        46 01 05 26 01 05 26 11    G0008               A        3000 1
        48 01 05 26 01 05 26 11    90662               A        7510 1
        58 123456789       X     M7             X                10510
        60                       SAM REED                   SAM REED
        61                       9 ELM RD                   9 ELM RD
        62 SIGNATURE ON FILE     PEORIA IL 61602            PEORIA IL 61602
        63              03 04 26 1234567893                 1234567893
        """;

    /// <summary>Days are numbers, D is a drug, A is not; after the colon the lines of each form.</summary>
    [Theory]
    [InlineData("", "0")]
    [InlineData("1A 1D 1A 1D 1A 1D", "6")]
    [InlineData("1A 1A 1D 1A 1D 1A 1D 1D", "5 3")]
    [InlineData("1A 1D 1A 1D 1A 1D 1A 1D", "6 2")]
    [InlineData("1A 1A 1A 1A 1A 1A 1D", "5 2")]
    [InlineData("1D 1A 1D 1A 1D 1D 1A", "4 3")]
    [InlineData("1A 1A 2A 2D 2A 2D 2A", "2 5")]
    [InlineData("1A 2A 3A 4A 5A 6A 7A", "6 1")]
    [InlineData("1A 1D 1D 1D 1D 1D 1D 1D 1D", "6 3")]
    public void A_drug_stays_with_its_administration_and_a_day_on_its_form(string lines, string expected)
    {
        var all = lines.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var days = all.Select(l => new DateOnly(2026, 1, l[0] - '0')).ToArray();
        Assert.Equal(expected, string.Join(' ', LineGroups.Divide(days, [.. all.Select(l => l[1] == 'D')], 6)));
    }

    [Fact]
    public void Each_of_several_forms_is_complete_and_has_its_own_total()
    {
        var lines = string.Join(',',
            Enumerable.Range(1, 50)
                .Select(
                    i => $$"""{"code":"96372","units":1,"charge":{{i}},"date":"2026-02-{{(i + 5) / 6:00}}","diagnoses":[1]}"""));
        var forms = Forms(Medicare[..Medicare.IndexOf("[{\"code", StringComparison.Ordinal)] + $"[{lines}]}}",
            out var findings);
        Assert.Contains("FRM0005 0 the claim takes 9 forms of six lines; each has its own total", findings);
        Assert.Equal(["2100", "5700", "9300", "12900", "16500", "20100", "23700", "27300", "9900"],
            forms.Select(f => f["28"]));
        Assert.Equal(Enumerable.Range(1, 9), forms.Select(f => f.Number));
        Assert.All(forms,
            f => Assert.Equal((9, "FIELD, ALAN", "Z23", "1234567893"), (f.Count, f["2"], f["21a"], f["33a"])));
        Assert.Equal(50, forms.Sum(f => f.Entries.Count(e => e.Box.Name == "24d")));
        Assert.Equal(9 * 66, Cms1500Text.Write(forms).Count(b => b == '\n'));
    }

    [Fact]
    public void What_does_not_fit_is_found_a_text_is_cut_and_a_number_left_out()
    {
        var json = Medicare.Replace("\"Field\"", "\"Featherstonehaugh-Cholmondeley\"")
            .Replace("1EG4-TE5-MK73", new string('9', 30)).Replace("\"charge\":75.1", "\"charge\":1000000")
            .Replace("\"units\":1,\"charge\":30", "\"units\":1234.5,\"charge\":-30");
        var form = Assert.Single(Forms(json, out var findings));
        Assert.Equal(["FRM0001 0 box 1A holds 29 characters and 30 are needed",
                "FRM0001 0 box 2 holds 28 characters and 36 are needed",
                "FRM0001 1 box 24F holds 8 characters and 9 are needed",
                "FRM0001 1 box 24G holds 3 characters and 6 are needed",
                "FRM0001 2 box 24F holds 8 characters and 9 are needed"],
            findings.Where(f => !f.StartsWith("FRM0004", StringComparison.Ordinal)).Order());
        Assert.Equal(("", "FEATHERSTONEHAUGH-CHOLMONDEL", "", "123", "99997000"),
            (form["1a"], form["2"], form["24f"], form["24g"], form["28"]));
    }

    [Fact]
    public void A_claim_without_anything_says_what_is_missing()
    {
        var form = Assert.Single(Forms("{}", out var findings));
        Assert.Equal("1 1A 2 21A 24 25 25 28 3 33A 33NAME",
            string.Join(' ',
                findings.Where(f => f.StartsWith("FRM0002 0 box", StringComparison.Ordinal))
                    .Select(f => f.Split(' ')[3]).Order(StringComparer.Ordinal)));
        Assert.Equal(["FRM0010 12", "FRM0010 13", "FRM0010 27", "FRM0010 31", "FRM0013 11D"],
            findings.Where(f => !f.StartsWith("FRM0002", StringComparison.Ordinal))
                .Select(f => $"{f.Split(' ')[0]} {f.Split(' ')[3]}").Order(StringComparer.Ordinal));
        Assert.Equal("10a.no | 10b.no | 10c.no", Boxes(form, _ => true));
        Forms("""{"setting":"facility","lines":[{}]}""", out findings);
        Assert.Equal("24AFROM 24B 24D 24E 24F 24G",
            string.Join(' ',
                findings.Where(f => f.StartsWith("FRM0002 1", StringComparison.Ordinal)).Select(f => f.Split(' ')[3])
                    .Order(StringComparer.Ordinal)));
        Assert.Contains(findings, f => f.StartsWith("FRM0006", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Zoë Ångström-Łukasz", "ZOE ANGSTROM-LUKASZ", 0)]
    [InlineData("Æsir  Groß\tþ’", "AESIR GROSS TH'", 0)]
    [InlineData("e\u0301mile", "EMILE", 0)]
    [InlineData("5 µg\r\n½", "5 UG 1/2", 0)]
    [InlineData("a\u0000b\u200Bc", "A BC", 0)]
    [InlineData("李 \U0001FA79 x", "? ? X", 2)]
    [InlineData("(a\\b)", "(A\\B)", 0)]
    public void Texts_become_capitals_of_plain_letters(string text, string expected,
        int lost) => Assert.Equal((expected, lost), (FormWords.Capitals(text, out var count), count));

    [Fact]
    public void Hostile_names_are_printed_as_far_as_they_go()
    {
        var json = Medicare.Replace("\"Field\"", "\"李) Tj ET \\\\ (\"")
            .Replace("\"Alan\"", "\"\\u0000\\r\\n\U0001FA79\"").Replace("1 First St", new string('Ä', 400))
            .Replace("\"Part B\"", "\"Part B, Inc. #1\"");
        var form = Assert.Single(Forms(json, out var findings));
        Assert.Equal(("? TJ ET, ?", new string('A', 28), "PART B INC 1"),
            (form["2"], form["5.street"], form["carrier.1"]));
        Assert.Contains("FRM0003 0 2 characters of box 2 are not letters, digits or signs that the form takes",
            findings);
        Assert.Contains("FRM0001 0 box 5STREET holds 28 characters and 400 are needed", findings);
    }

    [Fact]
    public void Whatever_the_claim_every_text_stays_in_its_box()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var claim = ClaimSamples.Random(seed, everything: true);
            var findings = new FindingList();
            var forms = Cms1500.Of(claim, findings);
            Assert.Equal(claim.Lines.Length,
                forms.Sum(f => f.Entries.Where(e => e.Box.IsOfLine).Select(e => e.Row).Distinct().Count()));
            foreach (var entry in forms.SelectMany(f => f.Entries))
            {
                Assert.True(entry.Column >= entry.Box.Column
                        && entry.Column + entry.Text.Length <= entry.Box.Column + entry.Box.Length, $"{seed}: {entry}");
                Assert.All(entry.Text, c => Assert.InRange(c, ' ', '~'));
            }
            var lines = Encoding.ASCII.GetString(Cms1500Text.Write(forms)).Split('\n');
            Assert.Equal((66 * forms.Count) + 1, lines.Length);
            Assert.All(lines, l => Assert.InRange(l.Length, 0, 79));
            Assert.Equal(Cms1500Pdf.Write(forms, Cms1500Mode.Full),
                Cms1500Pdf.Write(Cms1500.Of(claim.Detach(), new()), Cms1500Mode.Full));
        }
    }

    [Fact]
    public void Boxes_do_not_overlap_and_lie_on_the_page()
    {
        var taken = new Dictionary<(int, int), string>();
        foreach (var box in Cms1500Layout.Boxes)
            for (var row = 0; row < (box.IsOfLine ? 6 : 1); row++)
                for (var column = box.Column; column < box.Column + box.Length; column++)
                    Assert.True(taken.TryAdd((box.Line + (2 * row), column), box.Name) && column is >= 1 and <= 79
                            && box.Line + (2 * row) <= 66, box.Name);
        Assert.Equal(Cms1500Layout.Boxes.Count, Cms1500Layout.Boxes.Select(b => b.Name).Distinct().Count());
        Assert.All(Cms1500Layout.Boxes,
            b => Assert.True(b.Kind switch
                {
                    Cms1500Kind.Date => b.Length is 8 or 10,
                    Cms1500Kind.Check => b.Length == 1,
                    _ => true
                }, b.Name));
        foreach (var item in "1 1a 2 3 4 5 6 7 9 9a 9d 10a 10b 10c 10d 11 11a 11b 11c 11d 12 13 14 15 16 17 17a 17b 18 19 20 22 23 24 24a 24b 24c 24d 24e 24f 24g 24h 24i 24j 25 26 27 28 29 31 32 32a 32b 33 33a 33b".Split(
            ' '))
            Assert.Contains(Cms1500Layout.Boxes, b => b.Item == item);
    }

    [Fact]
    public void Findings_have_ids_of_their_own() =>
        Assert.Equal(Cms1500Findings.All.Count,
                Cms1500Findings.All.Where(f => f.Id.StartsWith("FRM0", StringComparison.Ordinal))
                .Select(f => f.Id + f.Name).Distinct().Count());

    [Fact]
    public void A_pdf_holds_together_and_has_no_clock()
    {
        var forms = Forms(Infusion, out _);
        var plain = Encoding.Latin1.GetString(Cms1500Pdf.Write(forms, Cms1500Mode.Full));
        Assert.DoesNotContain("Date", plain, StringComparison.Ordinal);
        foreach (Match at in Offset().Matches(plain))
        {
            var offset = int.Parse(at.Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.Matches(@"\G\d+ 0 obj\n", plain[offset..Math.Min(plain.Length, offset + 20)]);
        }
        Assert.Equal(plain.IndexOf("xref\n", StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture),
            StartXref().Match(plain).Groups[1].Value);
        var packed = Cms1500Pdf.Write(forms, Cms1500Mode.Full, compressed: true);
        Assert.True(packed.Length < plain.Length / 2);
        Assert.Equal(Contents(Encoding.Latin1.GetBytes(plain), false), Contents(packed, true));
    }

    [GeneratedRegex(@"(\d{10}) 00000 n ")]
    private static partial Regex Offset();

    [GeneratedRegex(@"startxref\n(\d+)\n%%EOF\n$")]
    private static partial Regex StartXref();

    [GeneratedRegex(@"/Length (\d+)[^\n]*\nstream\n")]
    private static partial Regex StreamStart();

    static string Contents(byte[] pdf, bool compressed)
    {
        var text = new StringBuilder();
        foreach (Match stream in StreamStart().Matches(Encoding.Latin1.GetString(pdf)))
        {
            using var bytes = new MemoryStream(pdf, stream.Index + stream.Length,
                int.Parse(stream.Groups[1].Value, CultureInfo.InvariantCulture));
            using var plain = compressed ? (Stream)new ZLibStream(bytes, CompressionMode.Decompress) : bytes;
            text.Append(new StreamReader(plain, Encoding.Latin1).ReadToEnd());
        }
        return text.ToString();
    }

    [Fact]
    public void A_pdf_escapes_texts_and_encodes_them_as_WinAnsi()
    {
        var pdf = new Pdf("x");
        pdf.AddPage().Text(72, 72, PdfFont.Helvetica, 9.5m, "(\\) é€–李");
        Assert.Contains("/F2 9.5 Tf 72 720 Td (\\(\\\\\\) \\351\\200\\226?) Tj", Encoding.Latin1.GetString(pdf.Write()),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0, 0)]
    [InlineData(false, 2.5, -1)]
    [InlineData(true, 0, 0)]
    public void A_reader_finds_every_text_of_the_pdf_in_its_place(bool isFull, double right, double down)
    {
        var lines = string.Join(',',
            Enumerable.Range(1, 8)
                .Select(
                    i => $$"""{"code":"96372","modifiers":["25","59","LT","XS"],"units":{{i}},"charge":{{i}}00,"date":"2026-02-0{{i}}","diagnoses":[1,2,3,5]}"""));
        var forms = Forms(Infusion, out _).Concat(Forms(Medicare[..Medicare.IndexOf("[{\"code",
                StringComparison.Ordinal)] + $"[{lines}]}}", out _)).ToList();
        var pages = WordsOf(Cms1500Pdf.Write(forms, isFull ? Cms1500Mode.Full : Cms1500Mode.Overlay, isFull,
            (decimal)right, (decimal)down));
        Assert.Equal(forms.Count, pages.Count);
        foreach (var (form, words) in forms.Zip(pages))
        {
            var expected = 0;
            foreach (var entry in form.Entries)
                foreach (Match word in Word().Matches(entry.Text))
                {
                    expected++;
                    var (x, baseline) = (((0.3 + ((entry.Column - 1 + word.Index) * 0.1)) * 72) + (right / 25.4 * 72),
                        (entry.Line * 12) - 2.5 + (down / 25.4 * 72));
                    Assert.True(words.Any(w => w.Text == word.Value && Math.Abs(w.X - x) < Tolerance
                            && Math.Abs(w.Baseline - baseline) < Tolerance),
                        $"{isFull}: {entry.Box.Name} '{word.Value}' is not at {x}, {baseline}");
                }
            if (!isFull) Assert.Equal(expected, words.Count);
            else Assert.True(words.Count > expected + 200);
        }
    }

    const double Tolerance = 0.5 / 25.4 * 72; // half a millimetre in points

    /// <summary>
    /// The words of each page, with the left end of their baselines in points; Courier reaches 0.157 of its size below
    /// its baseline.
    /// </summary>
    static List<List<(string Text, double X, double Baseline)>> WordsOf(byte[] pdf)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
                .Any(folder => File.Exists(Path.Combine(folder, "pdftotext"))), "poppler-utils is not installed");
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, pdf);
            using var reader =
                Process.Start(new ProcessStartInfo("pdftotext", ["-bbox", file, "-"])
                {
                    RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8
                })!;
            var html = reader.StandardOutput.ReadToEnd();
            reader.WaitForExit();
            Assert.Equal(0, reader.ExitCode);
            return [.. html.Split("<page ").Skip(1)
                .Select(page => PdfWord().Matches(page)
                    .Select(w =>
                        (System.Net.WebUtility.HtmlDecode(w.Groups[3].Value), Number(w.Groups[1]),
                        Number(w.Groups[2]) - (0.157 * 12))).ToList())];
        }
        finally { File.Delete(file); }
    }

    static double Number(Group digits) => double.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<word xMin=""([\d.]+)"" yMin=""[\d.]+"" xMax=""[\d.]+"" yMax=""([\d.]+)"">(.*?)</word>")]
    private static partial Regex PdfWord();

    [GeneratedRegex(@"\S+")]
    private static partial Regex Word();
}
