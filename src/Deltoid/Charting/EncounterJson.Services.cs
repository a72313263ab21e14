using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Charting;

/// <summary>Visits, procedures and earlier services.</summary>
public static partial class EncounterJson
{
    static void ReadVisits(ref JsonInput json, Encounter encounter)
    {
        for (json.EnterArray("""[ { "code": "99213" } ]"""); json.NextItem();) ReadVisit(ref json, encounter);
    }

    static void ReadVisit(ref JsonInput json, Encounter encounter)
    {
        var visit = new Visit();
        var at = new Spot(encounter, Part.Visit, encounter.Visits.Count);
        encounter.Visits.Add(visit);
        ulong seen = 0;
        json.EnterObject("""{ "code": "99213" }""");
        while (json.NextField(VisitFields, ref seen, out var name))
            switch (name)
            {
                case "code": visit.Code = ServiceCode(ref json, at, Field.Code); break;
                case "separateNote": visit.SeparateNote = YesNo(ref json, at, Field.SeparateNote); break;
                case "placeOfService": visit.PlaceOfService = Place(ref json, at); break;
                case "diagnoses": Diagnoses(ref json, visit.Diagnoses, at); break;
                case "modifiers": Modifiers(ref json, visit.Modifiers, at); break;
                case "minutes": visit.Minutes = Minutes(ref json, at, Field.Minutes); break;
            }
    }

    static void ReadProcedures(ref JsonInput json, Encounter encounter)
    {
        for (json.EnterArray(); json.NextItem();) ReadProcedure(ref json, encounter);
    }

    static void ReadProcedure(ref JsonInput json, Encounter encounter)
    {
        var procedure = new Procedure();
        var at = new Spot(encounter, Part.Procedure, encounter.Procedures.Count);
        encounter.Procedures.Add(procedure);
        ulong seen = 0;
        json.EnterObject("""{ "code": "20610" }""");
        while (json.NextField(ProcedureFields, ref seen, out var name))
            switch (name)
            {
                case "code": procedure.Code = ServiceCode(ref json, at, Field.Code); break;
                case "site": procedure.Site = json.Text(); break;
                case "units": procedure.Units = Units(ref json); break;
                case "diagnoses": Diagnoses(ref json, procedure.Diagnoses, at); break;
                case "modifiers": Modifiers(ref json, procedure.Modifiers, at); break;
            }
    }

    static PatientHistory ReadHistory(ref JsonInput json, Encounter encounter)
    {
        var services = new List<EarlierService>();
        var ordinal = 0;
        for (json.EnterArray(); json.NextItem(); ordinal++)
            if (ReadEarlier(ref json, new Spot(encounter, Part.History, ordinal)) is { } service) services.Add(service);
        return new PatientHistory(services);
    }

    /// <summary>
    /// One earlier service; null, and noted as unread, when its day or code is not known: it could match nothing.
    /// </summary>
    static EarlierService? ReadEarlier(ref JsonInput json, Spot at)
    {
        DateOnly? date = null;
        Code code = default;
        var units = Values.Quantity.One;
        Npi provider = default;
        ulong seen = 0;
        json.EnterObject();
        while (json.NextField(HistoryFields, ref seen, out var name))
            switch (name)
            {
                case "date": date = json.Date(); break;
                case "code": code = ServiceCode(ref json, at, Field.Code); break;
                case "units": units = Units(ref json); break;
                case "provider": provider = Provider(ref json, at, Field.ProviderRendering); break;
            }
        if (date is null) at.Unread(Field.Date);
        if (code.IsNone) at.Unread(Field.Code);
        return date is { } day && !code.IsNone ? new(day, code, units, provider) : null;
    }
}
