using System.Globalization;
using System.Text;
using Deltoid.Findings;
using Deltoid.X12;
using Deltoid.X12.Envelope;

namespace Deltoid.Tests;

/// <summary>
/// Faults that break several rows or sums at once make one error all the same: separators too many or missing, a code
/// with its value, the qualifier of a day, amounts that are missing in a sum, levels, the ends of the envelope.
/// </summary>
public sealed class NeighborFaultTests
{
    /// <summary>The set, what is replaced in its clean file, by what, the error with its segment, some words.</summary>
    const string Table = """
        837P | CLM*T1*150***11 | CLM*T1*150****11 | separator-extra 25 | CLM06 and what follows it stand one place too far
        837P | CLM*T1*150***11 | CLM*T1*150**11 | separator-missing 25 | before CLM04 is missing
        837P | SV1*HC:99213:25*92.5*UN*1***1:2 | SV1*HC:99213:25*92.5*UN*1**1:2 | separator-missing 40 | before SV106
        837P | SV1*HC:99213:25*92.5*UN*1***1:2 | SV1*HC:99213:25**92.5*UN*1***1:2 | separator-extra 40 | before SV103
        837P | NM1*82*1*REY*IDA****XX* | NM1*82*1**REY*IDA****XX* | separator-extra 34 | before NM104
        837P | SV1*HC:99213:25* | SV1*HC::99213:25* | separator-extra 40 | before SV101-3
        837I | SV2*0510*HC:99213*92.5*UN*1 | SV2*0510*HC:99213**92.5*UN*1 | separator-extra 38 | before SV204
        835 | CLP*T1*1*150*100*10*12*ICN1 | CLP*T1*1*150*100*10*12**ICN1 | separator-extra 17 | before CLP08
        837P | NM1*PR*2*PAYER X*****PI*PAYERX | NM1*PR*2*PAYER X | element-missing 22 | is missing, and so is element 9
        837P | NM1*41*2*NORTH CLINIC*****46*NORTHCLINIC | NM1*41*2*NORTH CLINIC | element-missing 3 | and so is element 9
        837P | NM1*QC*1*OLSEN*TIM | NM1*QC*1*OLSEN*TIM****MI*Z9 | element-not-used 56 | and so must element 9
        837P | DMG*D8*19610704*F | DMG*RD8*19610704*F | code-not-in-guide 21 | DMG01
        837P | HI*ABK:E119*ABF:I10 | HI*ABF:E119*ABF:I10 | code-not-in-guide 32 | HI01-1 (code set: ABF)
        837P | HI*ABK:E119*ABF:I10 | HI*ABK:E119**ABF:I10 | place-left-empty 32 | HI02 is empty
        837P | HI*ABK:E119*ABF:I10 | HI*ABK:E119~HI*ABF:I10 | segment-too-often 33, segment-count 79 | may be in loop 2300 only once
        277CA | TRN*2*T1 | TRN*1*T1 | code-not-in-guide 26 | TRN01 (trace: 1) holds a code
        837P | HL*3*1*22*1 | HL*3*1*22*0 | code-barred 50 | HL04 must be 1: a level is below
        837P | HL*2*1*22*0 | HL*2*1*22*1 | code-barred 16 | HL04 must be 0: the claim is here
        277CA | HL*3*2*19*1 | HL*3*2*19*0 | code-barred 16 | HL04 must be 1
        837P | NM1*IL*1*OLSEN*MARA****MI*ZX100200300~N3*7 PINE ST~N4*DULUTH*MN*55802~DMG | NM1*IL*2*OLSEN*MARA****MI*ZX100200300~N3*7 PINE ST~N4*DULUTH*MN*55802~DMG | code-barred 18 | NM102 must be 1
        837P | CAS*CO*45*32.5 | CAS*CO*45 | element-missing 76 | CAS03
        837P | CAS*CO*45*32.5 | CAS*CO*45*32.5**96 | companion-missing 76 | CAS06
        837P | SVD*OTHER1*60*HC | SVD*OTHER1**HC | element-missing 75 | SVD02
        837P | CLM*T2*92.5* | CLM*T2*95.2* | claim-total 60 | $92.50
        837I | CLM*T1*150* | CLM*T1*105* | claim-total 19 | $150.00
        835 | CAS*CO*45*17.5 | CAS*CO*45 | element-missing 33 | CAS03
        835 | BPR*I*100*C | BPR*I*-100*C | payment-negative 2 | must not be below 0
        835 | LQ*HE*N130 | LQ*HE*130 | remark-code-form 30 | LQ02
        835 | SVC*HC:J3420*57.5*40 | SVC*HC:J3420*57.5* | element-missing 31 | SVC03
        277CA | STC*A2:20:PR*20260310*WQ*150 | STC*A2:20:PR*20260310*U*150 | code-barred 27 | STC03 must be WQ
        999 | IK3*NM1*12*2010*8 | IK3*NM1*12*2010*99 | code-not-in-guide 4 | IK304
        276 | AMT*T3*150 | AMT*T3*-150 | amount-negative 14 | AMT02
        837P | LIN**N4*00517003125~ | | segment-missing 48 | LIN (drug) is missing in loop 2410
        837P | REF*EI*411234567 | REF*EI*000000000 | form-not-valid 11 | nothing but zeros
        837P | TE*6125550144~NM1*40 | TE*5550144~NM1*40 | form-not-valid 4 | too short: 7 characters
        837I | HI*APR:R0602 | HI*APR:ZZZ | form-not-valid 24 | an ICD-10 code is a letter, a digit
        837P | NTE*ADD*SEEN TODAY | NTE*ADD*SEEN~TODAY | segment-name 32 | does not begin with a name
        837P | GS*HC*NORTHCLINIC*PAYERX*20260310*0815*101*X*005010X222A1~ | | segment-outside-group 0 | GS is missing before it
        837P | SE*78*0001 | se*78*0001 | segment-name-small 78 | the segment name se
        837P | GE*1*101 | ge*1*101 | segment-name-small 0 | the segment name ge
        837P | IEA*1*000000001 | iea*1*000000001 | segment-name-small 0 | the segment name iea
        837P | *00501*000000001* | *00501*1* | element-too-short 0 | ISA13
        837P | *0*T*:~ | *T*:~ | isa-elements 0 | ISA has 15 elements
        837P | *0*T*:~ | **0*T*:~ | isa-elements 0 | ISA has 17 elements
        837P | GS*HC* | GS*HP* | functional-identifier 0 | GS01 is HP, but the code for the transaction sets of the group is HC
        837P | GE*1*101~ | GE*1*101~GE*1*101~ | end-without-beginning 0 | GE ends what no segment has begun
        837P | SE*78*0001~ | SE*78*0001~SE*78*0001~ | end-without-beginning 0 | SE ends what no segment has begun
        837P | ***11:B:1*Y*A*Y*Y~DTP*431 | ***11*B*1*Y*A*Y*Y~DTP*431 | separator-of-elements 25 | before CLM06
        837P | HI*ABK:E119*ABF:I10 | HI*ABK*E119*ABF:I10 | separator-of-elements 32 | before HI02
        837P | HI*ABK:E119*ABF:I10 | HI*ABK:E119:ABF:I10 | separator-of-components 32 | before HI01-3
        837P | SV1*HC:J3420*57.5 | SV1*HC*J3420*57.5 | separator-of-elements 45 | before SV102
        837P | SV1*HC:99213:25*92.5 | SV1*HC:99213*25*92.5 | separator-of-elements 40 | before SV102
        837P | SV1*HC:99213:25*92.5 | SV1*HC:99213:25:92.5 | separator-of-components 40 | before SV101-4
        837P | 92.5*UN*1***1:2 | 92.5*1*UN***1:2 | elements-swapped 40 | SV104 and the element before it
        837P | IDA****XX*1000000004~PRV | IDA****1000000004*XX~PRV | elements-swapped 34 | NM109 and the element before it
        837P | DMG*D8*19610704*F | DMG*D8*F*19610704 | elements-swapped 21 | DMG03 and the element before it
        837P | 92.5*UN*1***1:2 | 92.5*1***1:2 | element-left-out 40 | SV103 (minutes or units) is left out
        837P | DTP*472*D8*20260302~REF*6R*T1-1 | DTP*472*20260302~REF*6R*T1-1 | element-left-out 41 | DTP02 (date format)
        837P | NM1*85*2*NORTH CLINIC*****XX*1234567893 | NM1*85*2*NORTH CLINIC*****24*411234567 | code-not-in-guide 8 | NM108
        837P | HL*2*1*22*0 | HL*2**22*0 | element-missing 16 | HL02
        837P | 20260310*0815*101*X | 20260310*0815*A1*X | element-not-a-number 0 | GS06
        837P | DTP*573*D8*20260306 | DTP*573*D8*20260301 | days-contradict 77 | before the service (2026-03-02)
        837I | DTP*472*D8*20260302~REF*6R*T1-1 | DTP*472*D8*20260301~REF*6R*T1-1 | days-contradict 39 | outside the days
        837I | CL1*3*1*01 | CL1*3*1*1 | form-not-valid 21 | CL103
        835 | CAS*CO*45*22.5 | CAS*CO*045*22.5 | form-not-valid 26 | CAS02
        835 | CAS*CO*45*22.5 | CAS*45*CO*22.5 | elements-swapped 26 | CAS02 and the element before it
        835 | CAS*CO*45*22.5 | CAS*CO*22.5*45 | elements-swapped 26 | CAS03 and the element before it
        835 | SVC*HC:99213*92.5*60**1 | SVC*HC*99213*92.5*60**1 | separator-of-elements 24 | before SVC02
        835 | LQ*HE*N130 | LQ*N130*HE | elements-swapped 30 | LQ02
        835 | BPR*I*100*C*ACH*CCP | BPR*I*100*C*CHK*CCP | code-contradicts 2 | the 10 elements of BPR
        277CA | STC*A3:21:PR*20260310*U*50 | STC*A3*21:PR*20260310*U*50 | separator-of-elements 33 | before STC02
        999 | AK9*P*3*3*1 | AK9*P*3*2*1 | set-verdict-missing 15 | AK903
        270 | NM1*03*1*OLSEN*TIM | NM1*QC*1*OLSEN*TIM | segment-unexpected 17 | none with the code in its element 1
        276 | DTP*472*D8*20260302 | DTP*472*20260302 | element-left-out 15 | DTP02
        277 | STC*P1:20*20260310**150 | STC*P1:20**20260310*150 | elements-swapped 12 | STC03
        """;

    public static TheoryData<string, string, string, string, string> Faults { get; } = new(Table.Split('\n')
        .Select(static row => row.TrimEnd().Split('|', StringSplitOptions.TrimEntries))
        .Select(static r => (r[0], r[1], r[2], r[3], r[4])));

    [Theory, MemberData(nameof(Faults))]
    public void It_is_one_error_with_its_reason(string set, string from, string to, string error, string words)
    {
        var text = OneFaultFiles.Text(set, OneFaultFiles.Segments(set));
        Assert.Contains(from, text, StringComparison.Ordinal);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        var file = text[..at] + to + text[(at + from.Length)..];
        var errors = X12Reading.Of(Encoding.Latin1.GetBytes(Counted(file, text))).Errors.ToList();
        Assert.Equal(error, string.Join(", ", errors.Select(static f =>
            string.Create(CultureInfo.InvariantCulture, $"{f.Info.Name} {f.Source.Segment}"))));
        Assert.Contains(words, FindingText.Message(errors[0], GuideNames.NameOf), StringComparison.Ordinal);
    }

    /// <summary>What the line has not, since its values are in wrong places, is under that.</summary>
    [Fact]
    public void A_scrub_says_once_that_values_are_in_wrong_places()
    {
        var file = OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P"))
            .Replace("SV1*HC:99213:25*92.5", "SV1*HC:99213*25*92.5", StringComparison.Ordinal);
        var (_, found, _) = CommandLine.RunWith(file, "scrub", "-");
        Assert.Equal(1, found.Split("\n  error ").Length - 1);
        Assert.Contains("X120344", found, StringComparison.Ordinal);
        Assert.Contains("also HIP0013 line-without-charge", found, StringComparison.Ordinal);
    }

    /// <summary>A segment that is taken out is not counted; one that is split off by a terminator is not either.</summary>
    static string Counted(string file, string clean)
    {
        var segments = file.Count(static c => c == '~') - clean.Count(static c => c == '~');
        if (segments >= 0 || !file.Contains("~GS*", StringComparison.Ordinal)) return file;
        var at = clean.IndexOf("SE*", StringComparison.Ordinal) + 3;
        var count = clean[at..clean.IndexOf('*', at)];
        var fewer = int.Parse(count, CultureInfo.InvariantCulture) + segments;
        return file.Replace($"~SE*{count}*", string.Create(CultureInfo.InvariantCulture, $"~SE*{fewer}*"),
            StringComparison.Ordinal);
    }

    /// <summary>Wherever a file is cut off: that it is, and the segment that is not whole.</summary>
    [Theory, InlineData("837P"), InlineData("837I"), InlineData("835"), InlineData("277CA"), InlineData("999"),
        InlineData("270"), InlineData("271"), InlineData("276"), InlineData("277")]
    public void A_file_that_is_cut_off_anywhere_has_two_findings_at_most(string set)
    {
        var text = OneFaultFiles.Text(set, OneFaultFiles.Segments(set));
        var wrong = new List<string>();
        for (var length = 110; length < text.Length - 1; length++)
        {
            var errors = X12Reading.Of(Encoding.ASCII.GetBytes(text[..length])).Errors.Select(static f => f.Info.Name)
                .ToList();
            if (errors.Except(["segment-cut", "interchange-not-closed", "last-terminator-missing"]).Any()
                || errors.Count > 2)
                wrong.Add($"…{text[Math.Max(0, length - 20)..length]}: {string.Join(", ", errors)}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count}\n{string.Join("\n", wrong.Take(12))}");
    }

    /// <summary>What some programs write after the last segment, or before ISA, is no fault of the file.</summary>
    [Theory]
    [InlineData("", "\u001A")]
    [InlineData("", "\r\n\u001A\0\0\0")]
    [InlineData("\r\n\r\n", "\r\n")]
    public void Filling_around_the_file_is_passed_over(string before, string after) =>
        Assert.Empty(X12Reading.Of(Encoding.ASCII.GetBytes(
            before + OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P")) + after)).Findings);

    [Fact]
    public void Elements_that_a_letter_separates_are_one_error() =>
        Assert.Equal("separators-clash", Assert.Single(X12Reading.Of(Encoding.ASCII.GetBytes(
            OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P")).Replace('*', 'X'))).Errors).Info.Name);

    [Fact]
    public void The_letter_of_version_4010_in_ISA11_is_a_warning()
    {
        var text = OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P"))
            .Replace("*^*00501*", "*U*00501*", StringComparison.Ordinal);
        var found = Assert.Single(X12Reading.Of(Encoding.ASCII.GetBytes(text)).Findings.ToList());
        Assert.Equal(("repetition-separator-old", Severity.Warning), (found.Info.Name, found.Severity));
    }

    /// <summary>Components that are left empty at the end are noted, as elements are.</summary>
    [Theory]
    [InlineData("SV1*HC:99213:25*", "SV1*HC:99213:25::*")]
    [InlineData("CLM*T1*150***11:B:1*Y*A*Y*Y~", "CLM*T1*150***11:B:1*Y*A*Y*Y**~")]
    public void Separators_at_the_end_are_noted(string from, string to)
    {
        var text = OneFaultFiles.Text("837P", OneFaultFiles.Segments("837P"))
            .Replace(from, to, StringComparison.Ordinal);
        var found = Assert.Single(X12Reading.Of(Encoding.ASCII.GetBytes(text)).Findings.ToList());
        Assert.Equal(("trailing-separators", Severity.Info), (found.Info.Name, found.Severity));
    }
}
