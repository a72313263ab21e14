using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Charting;

/// <summary>
/// Reads the encounter JSON of the interface: what happened at one visit, as charted. Nothing is guessed: a value that
/// was charted but is not understood leaves its fact unset and its place in <see cref="Encounter.Unread"/>; a null or a
/// blank text is not charted. What cannot be a chart at all (not JSON, an unknown field, a wrong type, a date that is
/// none, a negative amount) is refused. Any thread may call it.
/// </summary>
public static partial class EncounterJson
{
    /// <summary>Reads one encounter object.</summary>
    /// <param name="utf8">The document, UTF-8, with or without a byte order mark, at most 64 MB and 32 levels
    /// deep.</param>
    /// <param name="file">Kept as <see cref="Encounter.File"/>; never part of a message.</param>
    /// <exception cref="InputException">It does not read: the JSON pointer is in At, line and column are in the
    /// message, a remedy is in Try. No other exception comes out.</exception>
    public static Encounter Read(ReadOnlyMemory<byte> utf8, string file)
    {
        var bytes = JsonInput.WithoutMark(utf8).Span;
        var json = new JsonInput(bytes);
        var encounter = One(ref json, bytes, file);
        json.Close();
        return encounter;
    }

    /// <summary>
    /// Reads a list of encounters, or one encounter as a list of one. One that is at fault is refused by itself; what
    /// is no JSON ends the list there.
    /// </summary>
    internal static List<Reading> ReadAll(ReadOnlyMemory<byte> utf8, string file)
    {
        var bytes = JsonInput.WithoutMark(utf8).Span;
        var all = new List<Reading>();
        try
        {
            var json = new JsonInput(bytes);
            if (json.Kind == JsonTokenType.StartArray) ReadList(ref json, bytes, file, all);
            else all.Add(new(One(ref json, bytes, file), null));
            json.Close();
        }
        catch (InputException fault)
        {
            all.Add(new(null, fault));
        }
        return all;
    }

    static void ReadList(ref JsonInput json, ReadOnlySpan<byte> bytes, string file, List<Reading> all)
    {
        for (json.EnterArray(); json.NextItem();)
        {
            var here = json;
            try { all.Add(new(One(ref json, bytes, file), null)); }
            catch (InputException fault)
            {
                json = here; // step over it as a whole: if that fails too, the rest cannot be read
                json.Skip();
                all.Add(new(null, fault));
            }
        }
    }

    static Encounter One(ref JsonInput json, ReadOnlySpan<byte> bytes, string file)
    {
        var encounter = new Encounter { File = file };
        var at = new Spot(encounter, Part.Encounter, 0);
        ulong seen = 0;
        json.EnterObject();
        var isWrong = false;
        while (json.NextField(EncounterFields, ref seen, out var name))
        {
            var here = json;
            try { ReadField(ref json, at, name, bytes); }
            catch (InputException error)
            {
                json = here;
                json.PassOver(error);
                isWrong |= name == "serviceDate";
            }
        }
        if (encounter.ServiceDate == default && !isWrong)
            throw json.Missing("serviceDate",
                "add the day of the visit, as 2026-03-31: it chooses the codes, rules and prices");
        json.RefuseUnknown();
        return encounter;
    }

    static void ReadField(ref JsonInput json, Spot at, string name, ReadOnlySpan<byte> bytes)
    {
        var encounter = at.Encounter;
        switch (name)
        {
            case "serviceDate": encounter.ServiceDate = json.Date() ?? default; break;
            case "placeOfService": encounter.PlaceOfService = Place(ref json, at); break;
            case "setting": encounter.Setting = Word(ref json, Words.Settings, at, Field.Setting); break;
            case "offCampus":
                encounter.OffCampus = Word(ref json, Words.OffCampusStandings, at, Field.OffCampus);
                break;
            case "payer": ReadPayer(ref json, at); break;
            case "patient": ReadPatient(ref json, at); break;
            case "provider": ReadProvider(ref json, at); break;
            case "diagnoses": Diagnoses(ref json, encounter.Diagnoses, at); break;
            case "visits": ReadVisits(ref json, encounter); break;
            case "visit": ReadVisit(ref json, encounter); break;
            case "procedures": ReadProcedures(ref json, encounter); break;
            case "administrations": ReadAdministrations(ref json, encounter); break;
            case "counseling": encounter.Counseling = YesNo(ref json, at, Field.Counseling); break;
            case "vascularAccesses": encounter.VascularAccesses = Count(ref json, at, Field.VascularAccesses); break;
            case "priorAuthorization": encounter.PriorAuthorization = json.Text(); break;
            case "history": encounter.History = ReadHistory(ref json, encounter); break;
            case "billing": ReadBilling(ref json, encounter, bytes); break;
        }
    }

    static void ReadPayer(ref JsonInput json, Spot at)
    {
        ulong seen = 0;
        json.EnterObject("""{ "kind": "medicare" }""");
        while (json.NextField(PayerFields, ref seen, out var name))
            switch (name)
            {
                case "kind": at.Encounter.PayerKind = Word(ref json, Words.PayerKinds, at, Field.PayerKind); break;
                case "id": at.Encounter.PayerId = json.Text(); break;
                case "state": at.Encounter.PayerState = json.Text(); break;
                case "locality": at.Encounter.PayerLocality = Locality(ref json, at); break;
            }
    }

    static void ReadPatient(ref JsonInput json, Spot at)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(PatientFields, ref seen, out var name))
            switch (name)
            {
                case "birthDate": at.Encounter.BirthDate = json.Date(); break;
                case "sex": at.Encounter.Sex = Word(ref json, Words.Sexes, at, Field.PatientSex); break;
                case "established": at.Encounter.Established = YesNo(ref json, at, Field.PatientEstablished); break;
            }
    }

    static void ReadProvider(ref JsonInput json, Spot at)
    {
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(ProviderFields, ref seen, out var name))
            switch (name)
            {
                case "supervision":
                    at.Encounter.Supervision = Word(ref json, Words.Supervisions, at, Field.ProviderSupervision);
                    break;
                case "role": at.Encounter.ProviderRole = Word(ref json, Words.Roles, at, Field.ProviderRole); break;
                case "billing": at.Encounter.Billing = Provider(ref json, at, Field.BillingNpi); break;
                case "rendering": at.Encounter.Rendering = Provider(ref json, at, Field.ProviderRendering); break;
                case "supervising": at.Encounter.Supervising = Provider(ref json, at, Field.ProviderSupervising); break;
            }
    }

    /// <summary>
    /// Checks the object as a claim's parties and keeps its bytes, since it goes through to the claim unchanged.
    /// </summary>
    static void ReadBilling(ref JsonInput json, Encounter encounter, ReadOnlySpan<byte> bytes)
    {
        var start = json.Start;
        ClaimJson.ReadBilling(ref json, new Claim(), encounter.Charges);
        encounter.BillingJson = bytes[start..json.End].ToArray();
    }
}

/// <summary>One encounter of a list, or why it was refused.</summary>
internal readonly record struct Reading(Encounter? Encounter, InputException? Fault);
