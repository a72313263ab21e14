using Deltoid.Dosing;
using Deltoid.Encounters;
using Deltoid.Payers;
using Deltoid.Values;

namespace Deltoid.Edits.Documentation;

/// <summary>
/// How well the chart documents what was given: each administration is marked against the elements that apply to it, and the
/// visit's score is its lowest. An element that a claim cannot stand without (a knock-out) and is not charted makes the mark 0.
/// Elements that an encounter has no field for (a signature, an image) are not marked.
/// </summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Missing">Elements not charted, D-01 to D-37, in order.</param>
/// <param name="KnockOuts">The knock-outs among them, each with the first administration (from 0) that lacks it.</param>
public sealed record Checklist(int Score, IReadOnlyList<int> Missing, IReadOnlyList<(int Element, int Administration)> KnockOuts)
{
    enum Weight : byte { KnockOut, Major, Minor }

    const int MajorPoints = 10, MinorPoints = 4, Elements = 37;

    /// <summary>From 95 pass, from 80 education, from 60 correctable, below fail.</summary>
    public string Band => Score switch { >= 95 => "pass", >= 80 => "education", >= 60 => "correctable", _ => "fail" };

    /// <summary>Null when nothing was given, so that there is nothing to mark.</summary>
    public static Checklist? Of(Encounter encounter, PayerProfile payer)
    {
        var missing = new bool[Elements + 1];
        var knockOuts = new List<(int, int)>();
        int? lowest = null;
        for (var i = 0; i < encounter.Administrations.Count; i++)
        {
            var given = encounter.Administrations[i];
            if (given.Given == false) continue;
            var mark = new Mark(encounter, payer, given, i, missing, knockOuts);
            lowest = Math.Min(lowest ?? 100, mark.Score());
        }
        if (lowest is not { } score) return null;
        var numbers = new List<int>();
        for (var element = 1; element <= Elements; element++) if (missing[element]) numbers.Add(element);
        return new(score, numbers, knockOuts);
    }

    /// <summary>What an element is called on a page.</summary>
    public static string Name(int element) => element switch
    {
        1 => "birth date", 2 => "time given", 3 => "order", 4 => "drug", 5 => "dose", 6 => "concentration or container amount", 7 => "route", 8 => "site", 9 => "lot", 10 => "expiry", 11 => "NDC",
        12 => "needle", 13 => "container and waste", 14 => "indication", 15 => "why not oral", 17 => "consent", 18 => "who gave it", 19 => "supervision", 20 => "dose checked", 23 => "observation or response",
        24 => "instructions", 25 => "an entry of its own for each injection", 26 => "a separate note for the visit", 27 => "start and stop", 28 => "structure injected", 32 => "witness of waste",
        _ => "",
    };

    /// <summary>The marking of one administration.</summary>
    sealed class Mark(Encounter encounter, PayerProfile payer, Administration given, int ordinal, bool[] missing, List<(int Element, int Administration)> knockOuts)
    {
        int earned, applicable;
        bool knockedOut;

        bool IsInjection => given.Route is Route.Im or Route.Sc or Route.Intradermal;

        bool IsVaccine => given.Purpose == Purpose.Vaccine;

        bool IsTimed => given.Route is Route.IvInfusion or Route.ScInfusion or Route.IntraArterial;

        bool IsAuxiliary => (given.PerformerCharted ? given.Performer : encounter.ProviderRole) is StaffRole.Rn or StaffRole.Lpn or StaffRole.Ma or StaffRole.Other;

        public int Score()
        {
            MarkIdentity();
            MarkDrug();
            MarkPlaceAndTime();
            MarkPeople();
            MarkReason();
            return knockedOut || applicable == 0 ? 0 : earned * 100 / applicable;
        }

        void MarkIdentity()
        {
            Take(1, Weight.KnockOut, encounter.BirthDate is not null);
            Take(3, Weight.KnockOut, given.Order is not null);
            if (encounter.Administrations.Count > 1) Take(25, Weight.KnockOut, given.Drug.Length > 0 && given.DoseCharted && (given.Site.Length > 0 || !IsInjection));
            foreach (var visit in encounter.Visits) if (visit.SeparateNote is { } separate ? separate : !IsPreventive(visit)) Take(26, Weight.KnockOut, visit.SeparateNote == true);
        }

        /// <summary>A preventive visit is its own documented service (99381–99429, G0402, G0438, G0439).</summary>
        static bool IsPreventive(Visit visit) => visit.Code.StartsWith("9938") || visit.Code.StartsWith("9939") || visit.Code.StartsWith("994") || visit.Code.StartsWith("G04");

        void MarkDrug()
        {
            Take(4, Weight.KnockOut, given.Drug.Length > 0 || !given.Hcpcs.IsNone);
            Take(5, Weight.KnockOut, given.DoseCharted);
            Take(6, Weight.Major, !given.Concentration.IsNone || !given.Volume.IsNone || !given.ContainerAmount.IsNone);
            Take(9, IsVaccine ? Weight.KnockOut : Weight.Major, given.Lot.Length > 0);
            Take(10, Weight.Minor, given.Expires is not null);
            Take(11, payer.NdcRequired ? Weight.KnockOut : Weight.Major, given.NdcText.Length > 0);
            if (payer.IsMedicare && !IsVaccine && given.Container != ContainerKind.MultiDose) Take(13, Weight.KnockOut, given.Container != ContainerKind.None && Supply.IsRestCharted(given));
            if (given.Discarded.Value > 0) Take(32, Weight.Major, given.WitnessCharted);
        }

        void MarkPlaceAndTime()
        {
            Take(7, Weight.KnockOut, given.Route != Route.None);
            if (IsInjection) Take(8, payer.IsMedicare ? Weight.Major : Weight.KnockOut, given.Site.Length > 0);
            if (given.Route is Route.IntraArticular or Route.TendonSheath or Route.TriggerPoint or Route.Perineural) Take(28, Weight.KnockOut, given.Target.Length > 0 || given.Site.Length > 0);
            if (IsTimed) Take(27, Weight.KnockOut, given.Start is not null && given.Stop is not null);
            else if (given.Route == Route.IvPush || IsRepeated()) Take(2, Weight.KnockOut, given.Start is not null);
        }

        bool IsRepeated()
        {
            var same = 0;
            foreach (var other in encounter.Administrations) if (other.Drug.Equals(given.Drug, StringComparison.OrdinalIgnoreCase)) same++;
            return same > 1;
        }

        void MarkPeople()
        {
            Take(18, Weight.KnockOut, given.PerformerCharted || encounter.ProviderRole != StaffRole.None);
            if (IsAuxiliary) Take(19, payer.IsMedicare ? Weight.KnockOut : Weight.Major, encounter.Supervision != Supervision.None);
            Take(20, Weight.Minor, given.Checked == true);
            Take(23, Weight.Major, given.ObservedMinutes is not null || given.ResponseCharted);
        }

        void MarkReason()
        {
            if (!IsTimed) Take(12, Weight.Minor, given.NeedleCharted);
            Take(14, Weight.KnockOut, given.IndicationCharted || given.Diagnoses.Count > 0 || encounter.Diagnoses.Count > 0);
            if (!IsVaccine) Take(15, Weight.Major, given.WhyNotOralCharted);
            Take(17, Weight.Minor, given.Consent == true);
            Take(24, Weight.Minor, given.InstructionsCharted);
        }

        /// <summary>A knock-out that is charted counts as a major element.</summary>
        void Take(int element, Weight weight, bool charted)
        {
            var points = weight == Weight.Minor ? MinorPoints : MajorPoints;
            applicable += points;
            if (charted) { earned += points; return; }
            missing[element] = true;
            if (weight != Weight.KnockOut) return;
            knockedOut = true;
            if (!knockOuts.Exists(k => k.Element == element)) knockOuts.Add((element, ordinal));
        }
    }
}
