using System.Text;
using Deltoid.Findings;
using Deltoid.X12;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>A finding says what the element holds, and never anything about a person.</summary>
public sealed class ExcerptTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("I3", "I3")]
    [InlineData("92,5", "92,5")]
    [InlineData("a b", "a b")]
    [InlineData("20260305-20260302", "20260305-20260302")]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("1234567890123456789", "12345678901234567…")]
    [InlineData("A\tB", "")]
    [InlineData("say \"A\"", "")]
    [InlineData("A\\B", "")]
    [InlineData("Müller", "")]
    public void It_holds_eighteen_characters(string text, string held)
    {
        var excerpt = Excerpt.Of(Encoding.UTF8.GetBytes(text));
        Assert.Equal(held, excerpt.ToString());
        Assert.Equal(held.Length == 0, excerpt.IsNone);
        Span<byte> room = stackalloc byte[Excerpt.MostBytes];
        Assert.Equal(held, Encoding.UTF8.GetString(room[..excerpt.Write(room)]));
    }

    const string Envelope = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *250401*1200*^*00501"
        + "*000000001*0*T*:~GS*HC*SENDER*RECEIVER*20250401*1200*1*X*005010X222A1~";

    const string Set = "ST*837*0001*005010X222A1~BHT*0019*00*B1*20250401*1200*CH~"
        + "NM1*41*2*OAK STREET MEDICINE*****46*S1~PER*IC*JO*TE*2175550100~NM1*40*2*PRAIRIE HEALTH*****46*R1~HL*1**20*1~"
        + "NM1*85*2*OAK STREET MEDICINE*****XX*1234567893~N3*210 OAK ST~N4*SPRINGFIELD*IL*627041234~REF*EI*123456789~"
        + "HL*2*1*22*0~SBR*P*18*******CI~NM1*IL*1*FIELD*ALAN****MI*M1~N3*1 FIRST ST~N4*PEORIA*IL*61602~"
        + "DMG*D8*19500131*M~REF*SY*123456789~NM1*PR*2*PRAIRIE HEALTH*****PI*12345~CLM*A1*50***11:B:1*Y*A*Y*Y~"
        + "NTE*ADD*SEEN AT HOME~HI*ABK:J459~LX*1~SV1*HC:96372*50*UN*1***1~DTP*472*D8*20250301~SE*25*0001~";

    static string Report(string set)
    {
        var (exit, text, errors) =
            CommandLine.RunWith(Envelope + set + "GE*1*1~IEA*1*000000001~", "check", "-", "--json");
        return exit + text + errors;
    }

    [Theory]
    [InlineData("CLM*A1*50***11:B:1*Y*A*Y*Y~", "CLM*A1*50***11:B:1*Y*A*Y*Q~", "CLM09 (release of information: Q) holds a code")]
    [InlineData("SV1*HC:96372*50*UN*1***1~", "SV1*HC:96372*5O*UN*1***1~", "SV102 (line charge: 5O) is not a number")]
    [InlineData("D8*20250301~", "D8*20250231~", "DTP03 (service date or dates: 20250231) names a day")]
    [InlineData("D8*20250301~", "RD8*20250305-20250301~", "(service date or dates: 20250305-20250301) ends before")]
    [InlineData("*CH~", "*XX~", "BHT06 (claims, encounters, or subrogation: XX) holds a code")]
    [InlineData("XX*1234567893~", "XX*1234567890~", "NM109 (billing NPI: 1234567890)")]
    [InlineData("HL*2*1*22*0~", "HL*3*1*22*0~", "HL01 must be 2, not 3: one more than")]
    public void A_message_says_what_the_element_holds(string right, string wrong, string words) =>
        Assert.Contains(words, Report(Set.Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("NM1*IL*1*FIELD*ALAN****MI*M1~", 12)]
    [InlineData("N3*1 FIRST ST~", 4)]
    [InlineData("N4*PEORIA*IL*61602~", 7)]
    [InlineData("DMG*D8*19500131*M~", 11)]
    [InlineData("REF*SY*123456789~", 5)]
    [InlineData("PER*IC*JO*TE*2175550100~", 8)]
    [InlineData("NTE*ADD*SEEN AT HOME~", 4)]
    public void What_names_a_person_is_never_quoted(string segment, int elements)
    {
        foreach (var marker in (string[])["ZZMARKER", "ZZ", "4711", "47.11", "20260231", "ZZMARKER\t"])
            for (var element = 1; element <= elements; element++)
            {
                var parts = segment.TrimEnd('~').Split('*').ToList();
                while (parts.Count <= element) parts.Add("");
                parts[element] = marker;
                var report = Report(Set.Replace(segment, string.Join('*', parts) + "~", StringComparison.Ordinal));
                Assert.DoesNotContain(marker.Trim(), report, StringComparison.Ordinal);
            }
    }

    /// <summary>An element that is left out, a terminator that is typed as a separator: a name moves where a code
    /// belongs.</summary>
    [Theory]
    [InlineData("SBR*P*18*******CI~NM1*IL*1*FIELD*ALAN", "SBR*P**GRP****NM1*IL*1*ZZMARKER*ZZMARKER")]
    [InlineData("SBR*P*18*******CI~", "SBR*ZZMARKER*ZZMARKER*****CI~")]
    [InlineData("SBR*P*18*******CI~", "SBR*P*18*******ZZMARKER~")]
    [InlineData("SBR*P*18*******CI~NM1*IL*1*FIELD*ALAN", "SBR*P*18***NM1*IL*1*LI*ZZMARKER")]
    [InlineData("HI*ABK:J459~", "HI*ABK:ZZMARKERS~")]
    [InlineData("CLM*A1*50***11:B:1*Y*A*Y*Y~NTE*ADD*SEEN AT HOME~", "CLM*A1*50***11:B:1*Y*A*Y*Y*NTE*ADD*ZZMARKER~")]
    [InlineData("CLM*A1*50***11:B:1*Y*A*Y*Y~", "CLM*A1*50***ZZMARKERS:B:1*ZZMARKER*A*Y*ZZMARKER~")]
    [InlineData("SV1*HC:96372*50*UN*1***1~", "SV1*HC:96372::::ZZMARKER*ZZMARKER*ZZMARKER*ZZMARKER***ZZMARKER~")]
    [InlineData("D8*20250301~", "D8*ZZMARKER~")]
    [InlineData("XX*1234567893~", "XX*777003333~")]
    [InlineData("XX*1234567893~", "XX*ZZMARKER~")]
    public void What_moved_into_the_place_of_a_code_is_not_quoted(string right, string wrong)
    {
        var report = Report(Set.Replace(right, wrong, StringComparison.Ordinal));
        Assert.DoesNotContain("ZZMARKER", report, StringComparison.Ordinal);
        Assert.DoesNotContain("777003333", report, StringComparison.Ordinal);
    }

    /// <summary>Of all guides: of segments about people the number of a provider, of text nothing but numbers.</summary>
    [Fact]
    public void Of_people_only_the_number_of_a_provider_is_quoted()
    {
        byte[][] samples = [.. ((string[])["A", "12", "20260302", "1234567890", "A1"]).Select(Encoding.ASCII.GetBytes)];
        foreach (var guide in GuideChecks.Guides)
            foreach (var row in guide.Segments)
                for (var element = 1; element <= row.Elements; element++)
                {
                    var spec = guide.Specs[row.FirstSpec + element - 1];
                    if (!Array.Exists(samples, s => guide.IsQuoted(row, element, 0, s))) continue;
                    var isOfPerson = row.Name is "NM1" or "N2" or "N3" or "N4" or "PER" or "DMG" or "INS" or "REF" or "NTE";
                    Assert.True(!isOfPerson || spec.Outside == Outside.Npi, $"{guide.Name} {row.Name} {element}");
                    Assert.False(spec is { Type: ElementType.Text, Outside: Outside.None, Codes: < 0, ByFormat: false }
                        && row.Name is not ("HL" or "SVD" or "TRN"), $"{guide.Name} {row.Name} {element}");
                }
    }
}
