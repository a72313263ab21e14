using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Fhir;
using Deltoid.Hl7;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>Messages of HL7 v2 about injections, as they come, and input that is meant to harm.</summary>
public sealed class Hl7Tests
{
    const string Ras = """
        MSH|^~\&|EHR|CLINIC|DELTOID||20260302091500-0600||RAS^O17^RAS_O17|M1|P|2.5.1||||||UNICODE UTF-8
        PID|1||ZZMARKER9^^^^MR||ZZMARKER^ANN||19580409|F
        PV1|1|O|ROOM1||||1245319599^SMITH^J^^^^MD^^NPI|||||||||||||||||||||||||||||||||||||20260302
        IN1|1|MCARE|MEDICARE-B|Medicare||||||||||A-1|medicare
        DG1|1||D51.0^Pernicious anemia^I10|||F
        ORC|RE|O1|||||||20260105|||1245319599^SMITH^J
        RXA|0|1|20260302091000|20260302091100|00517-0031-25^cyanocobalamin^NDC|1000|ug^mcg^UCUM||||||||XYZ2025|20270331||||CP|A
        RXR|IM^Intramuscular^HL70162|LD^Left deltoid^HL70163
        OBX|1|ST|NOTE||ZZMARKER \T\ well
        """;

    const string Vxu = """
        MSH|^~\&|EHR|CLINIC|IIS||20260302||VXU^V04^VXU_V04|M2|P|2.5.1
        PID|1||1^^^^MR||A^B||20240601|M
        ORC|RE||1
        RXA|0|1|20260302||03^MMR^CVX^00006-4681-00^MMR II^NDC|0.5|mL^mL^UCUM||00^New record^NIP001|^DOE^J^^^^RN|||||L1|20261231|MSD|||CP|A
        RXR|SC|LA
        OBX|1|CE|64994-7^eligibility^LN|1|V02^VFC eligible^HL70064
        ORC|RE||2
        RXA|0|1|20250601||03^MMR^CVX|999|||01^Historical^NIP001
        ORC|RE||3
        RXA|0|1|20260302||21^Varicella^CVX|0.5|mL||00|||||||||00^Parental decision^NIP002||RE
        """;

    const string Dft = """
        MSH|^~\&|EHR|CLINIC|DELTOID||20260302||DFT^P03|M3|P|2.3
        PID|1||1||A^B||19580409|F
        FT1|1|||20260302||CG|99213^^C4||||||||||||D51.0||||||99213^^C4|25
        FT1|2|||20260302||CG|J3420^^HCPCS|||1|||||||||D51.0~I10||||||J3420^^HCPCS|
        FT1|3|||20260302||CG|81025|||2|||||||||||||||81025
        FT1|4|||20260302||CD|36415
        """;

    static byte[] Bytes(string message) => Encoding.UTF8.GetBytes(message.Replace("\r\n", "\n",
        StringComparison.Ordinal).Replace('\n', '\r') + "\r");

    static ForeignVisit One(string message) => Assert.Single(Hl7Reader.ReadAll(Bytes(message)));

    static JsonElement Json(ForeignVisit read) => JsonDocument.Parse(read.Encounter).RootElement;

    [Fact]
    public void An_administration_is_read_and_what_is_not_in_it_is_named()
    {
        var read = One(Ras);
        var visit = Json(read);
        Assert.Equal("2026-03-02", visit.GetProperty("serviceDate").GetString());
        Assert.Equal("""{"birthDate":"1958-04-09","sex":"F"}""", visit.GetProperty("patient").GetRawText());
        Assert.Equal("""{"id":"MEDICARE-B","kind":"medicare"}""", visit.GetProperty("payer").GetRawText());
        Assert.Equal("A-1", visit.GetProperty("priorAuthorization").GetString());
        Assert.Equal("""["D51.0"]""", visit.GetProperty("diagnoses").GetRawText());
        Assert.Equal("""{"rendering":"1245319599"}""", visit.GetProperty("provider").GetRawText());
        Assert.Equal("""{"start":"09:10","stop":"09:11","ndc":"00517-0031-25","drug":"cyanocobalamin","dose":"1000 mcg","lot":"XYZ2025","expires":"2027-03-31","order":{"by":true,"on":"2026-01-05"},"route":"im","site":"left deltoid"}""",
            visit.GetProperty("administrations")[0].GetRawText());
        foreach (var at in (string[])["PID[1]-3", "PID[1]-5", "PV1[1]-3", "OBX[1]"])
            Assert.Contains(read.Notes, n => n.At == at);
        Assert.DoesNotContain(read.Notes, static n => n.ToString().Contains("ZZMARKER", StringComparison.Ordinal));
    }

    [Fact]
    public void A_vaccine_message_gives_what_was_given_today()
    {
        var read = One(Vxu);
        var given = Json(read).GetProperty("administrations");
        Assert.Equal(2, given.GetArrayLength());
        Assert.Equal("""{"drug":"MMR","ndc":"00006-4681-00","dose":"0.5 mL","performer":"rn","lot":"L1","expires":"2026-12-31","purpose":"vaccine","order":{},"route":"sc","site":"left arm","source":"vfc"}"""
            .Replace(""","order":{}""", "", StringComparison.Ordinal), given[0].GetRawText());
        Assert.False(given[1].GetProperty("given").GetBoolean());
        Assert.Contains(read.Notes, static n => n.At == "RXA[2]" && n.Id == ReadingNote.LeftOut);
    }

    [Fact]
    public void Charges_are_visits_drugs_and_services()
    {
        var visit = Json(One(Dft));
        Assert.Equal("""[{"code":"99213","modifiers":["25"]}]""", visit.GetProperty("visits").GetRawText());
        Assert.Equal("""[{"hcpcs":"J3420"}]""", visit.GetProperty("administrations").GetRawText());
        Assert.Equal("""[{"code":"81025","units":2}]""", visit.GetProperty("procedures").GetRawText());
        Assert.Equal("""["D51.0","I10"]""", visit.GetProperty("diagnoses").GetRawText());
    }

    [Fact]
    public void An_order_alone_is_never_billed()
    {
        var read = One("""
            MSH|^~\&|A|B|C||20260302||RDE^O11|1|P|2.5.1
            ORC|NW|1
            RXE||00517-0031-25^cyanocobalamin^NDC|1000||mcg
            RXR|IM
            """);
        Assert.False(Json(read).GetProperty("administrations")[0].GetProperty("given").GetBoolean());
        Assert.Contains(read.Notes, static n => n.Message.Contains("order alone", StringComparison.Ordinal));
    }

    /// <summary>Frames of MLLP, line ends of other systems, other separators, Latin-1, batches, escapes.</summary>
    [Fact]
    public void Frames_line_ends_and_characters_do_not_matter()
    {
        var plain = Encoding.UTF8.GetString(Bytes(Ras));
        var expected = Hl7Reader.ReadAll(Bytes(Ras))[0].Encounter;
        foreach (var other in (string[])["\u000B" + plain + "\u001C\r",
            plain.Replace("\r", "\r\n", StringComparison.Ordinal), plain.Replace("\r", "\n", StringComparison.Ordinal), "FHS|^~\\&\rBHS|^~\\&\r" + plain + "BTS|1\rFTS|1\r",
            "\uFEFF" + plain])
            Assert.Equal(expected, Hl7Reader.ReadAll(Encoding.UTF8.GetBytes(other))[0].Encounter);
        var swapped = plain.Replace('|', '!').Replace('^', '@');
        Assert.Equal(expected, Hl7Reader.ReadAll(Encoding.UTF8.GetBytes(swapped))[0].Encounter);
        Assert.Equal(2, Hl7Reader.ReadAll(Encoding.UTF8.GetBytes(plain + plain)).Count);
        var escaped = One(Ras.Replace("cyanocobalamin", "a\\T\\b\\S\\c\\X41\\\\E\\\\R\\\\F\\\\Q\\",
            StringComparison.Ordinal));
        Assert.Equal("a&b^cA\\~|\\Q\\", Json(escaped).GetProperty("administrations")[0].GetProperty("drug")
            .GetString());
        Assert.Contains(escaped.Notes, static n => n.Message.Contains("escape", StringComparison.Ordinal));
        var latin = Encoding.Latin1.GetBytes(plain.Replace("cyanocobalamin", "Ménière", StringComparison.Ordinal));
        Assert.Equal("Ménière", Json(Hl7Reader.ReadAll(latin)[0]).GetProperty("administrations")[0].GetProperty("drug")
            .GetString());
    }

    [Theory, InlineData("", "no segment MSH"), InlineData("PID|1", "no segment MSH"), InlineData("MSH|^", "cut off")]
    [InlineData("MSH|^~\\&|||||||ADT^A01|1|P|2.5", "not of injections"), InlineData("MSHA^~\\&|", "separator")]
    [InlineData("MSH|^~\\&|||||||RAS^O17|1|P|2.5", "day of the visit is missing")]
    public void What_is_no_message_of_injections_is_refused(string message, string says) => Assert.Contains(says,
        Assert.Throws<InputException>(() => Hl7Reader.ReadAll(Bytes(message))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_changed_byte_never_crashes_it()
    {
        var random = new Random(7);
        foreach (var message in (string[])[Ras, Vxu, Dft])
            for (var i = 0; i < 4_000; i++)
            {
                var changed = Bytes(message);
                for (var n = random.Next(1, 6); n > 0; n--)
                    changed[random.Next(changed.Length)] = (byte)random.Next(256);
                try { Hl7Reader.ReadAll(changed.AsMemory(0, random.Next(changed.Length + 1))); }
                catch (InputException) { }
            }
    }

    /// <summary>Twice the size takes about twice as long: fields, segments, repetitions, headers.</summary>
    [Fact]
    public void Time_grows_with_the_size_and_no_faster()
    {
        foreach (var part in (string[])["|x", "\rRXE||x^y^NDC|1||mg", "\rDG1|1||D51.0^^I10", "~x^y", "\\X41\\", "\rMSH|^~\\&",
            "\rOBX|1|x", "\rRXA|0|1|20260302||x^y^NDC", "\rFT1|1|||20260302||CG|J3420"])
        {
            long Took(int times)
            {
                var bytes = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(Bytes(Ras)).TrimEnd('\r')
                    + string.Concat(Enumerable.Repeat(part, times)));
                var begun = Stopwatch.GetTimestamp();
                try { Hl7Reader.ReadAll(bytes); }
                catch (InputException) { }
                return Stopwatch.GetElapsedTime(begun).Ticks;
            }
            Took(1_000);
            var (small, large) = (Took(2_000), Took(16_000));
            Assert.True(large < 40 * small + TimeSpan.TicksPerSecond, $"{part}: {small} {large}");
        }
    }

    /// <summary>A coded visit as charges, read back: the same lines.</summary>
    [Theory, InlineData("b12-shot-billing.json"), InlineData("infliximab-premedication.json")]
    [InlineData("ketorolac-new-patient.json")]
    public void Charges_of_a_visit_come_back(string example)
    {
        var visit = CodedVisit.Of(EncounterJson.Read(File.ReadAllBytes(Path.Combine(Repository.Root, "examples",
            example)), ""), StarterBook.Open(), new Scrubber(Edits.Shipped.Edits));
        var written = Hl7Writer.Write(visit, new DateTime(2026, 3, 5));
        var text = Encoding.UTF8.GetString(written);
        Assert.StartsWith("MSH|^~\\&|DELTOID|", text, StringComparison.Ordinal);
        Assert.Equal(visit.Claim.Lines.Length, text.Split('\r').Count(static s =>
            s.StartsWith("FT1|", StringComparison.Ordinal)));
        var again = Hl7Reader.ReadAll(written)[0];
        var read = EncounterJson.Read(again.Encounter, "");
        Assert.Equal(visit.Claim.Lines.Length, read.Visits.Count + read.Procedures.Count + read.Administrations.Count);
        Assert.Equal(visit.Claim.Diagnoses.ToArray().Order(), read.Diagnoses.Order());
    }
}
