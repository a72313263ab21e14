using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>What a press on the chart screen does to the form: a patient, a drug, a scan, one shot more.</summary>
sealed class ChartActs(PracticeDb db, Engine engine)
{
    string notice = "", focus = "";
    PackageScan? asked;

    public async Task<ChartView> Apply(VisitForm form)
    {
        if (form.Shots.Count == 0) form = form with { Shots = [new()] };
        var index = Math.Clamp(form.Index, 0, form.Shots.Count - 1);
        form = form.Act switch
        {
            "patient" => await Patient(form),
            "treatment" => await Treatment(form, index),
            "drug" => await Drug(form, index, form.Value),
            "scan" => await Scan(form, index, form.Value),
            "more" => form with { Shots = [.. form.Shots, More(form.Shots)] },
            "less" when form.Shots.Count > 1 => form with { Shots = [.. form.Shots.Where((_, i) => i != index)] },
            _ => form,
        };
        if (form.Claim != 0) form = await OfItsPatient(form);
        var view = await ChartViews.View(db, engine, form with { Act = "", Value = "" });
        return view with { Notice = notice, Asked = asked, Focus = focus };
    }

    /// <summary>A form that was saved without a network: its patient, scans and orders are looked up.</summary>
    public async Task<VisitForm> LookUp(VisitForm form)
    {
        // with no network the field may have been typed over after somebody was chosen: it is what the person saw
        if (form.Patient == 0 || !await ChartViews.IsNamed(db, form))
            form = form with { Patient = await ChartViews.PatientNamed(db, form.Who) };
        for (var i = 0; i < form.Shots.Count; i++)
            form = await Drug(form with { Index = i }, i, form.Shots[i].Drug);
        return notice.Length == 0 ? form : throw new Values.InputException("Vial", notice, "");
    }

    /// <summary>The form of another patient is a new shot; it begins empty where the patient was chosen here.</summary>
    async Task<VisitForm> OfItsPatient(VisitForm form)
    {
        var now = await ChartViews.OfItsPatient(db, form);
        if (now.Claim != 0) return form;
        notice = "The claim stays with its patient, as it was saved. This is a new shot.";
        return form.Act == "patient" ? now with { Shots = [new()] } : now;
    }

    ShotForm More(List<ShotForm> shots)
    {
        focus = $"Drug-{shots.Count}";
        return new();
    }

    async Task<VisitForm> Patient(VisitForm form)
    {
        if (!long.TryParse(form.Value, out var id)) return form with { Patient = 0 };
        focus = "Drug-0";
        form = form with { Patient = id };
        for (var i = 0; i < form.Shots.Count; i++)
            if (form.Shots[i].Drug.Length > 0) form = With(form, i, await WithOrder(form, form.Shots[i]));
        return form;
    }

    static VisitForm With(VisitForm form, int index, ShotForm shot)
    {
        var shots = form.Shots.ToList();
        shots[index] = shot;
        return form with { Shots = shots };
    }

    async Task<VisitForm> Treatment(VisitForm form, int index)
    {
        if (!long.TryParse(form.Value, out var id)
            || await db.Treatments.AsNoTracking().FirstOrDefaultAsync(t => t.Id == id) is not { } treatment)
            return form;
        focus = $"Lot-{index}-0";
        return With(form, index, await WithOrder(form, Same(form.Shots[index], ShotForm.Of(treatment))));
    }

    /// <summary>What was charted by hand stays; a treatment fills the rest.</summary>
    static ShotForm Same(ShotForm typed, ShotForm usual) => usual with
    {
        LotId = typed.LotId, Site = typed.Site, SiteOther = typed.SiteOther, Observed = typed.Observed,
        Response = typed.Response, Instructed = typed.Instructed, Discarded = typed.Discarded, Witness = typed.Witness,
        Sheet = typed.Sheet, Refused = typed.Refused, Held = typed.Held,
        OrderBy = typed.OrderBy, OrderOn = typed.OrderOn, Standing = typed.Standing,
        Indication = typed.Indication.Length > 0 ? typed.Indication : usual.Indication,
    };

    /// <summary>The drug, and the one usual treatment with it where there is one.</summary>
    async Task<VisitForm> Drug(VisitForm form, int index, string typed)
    {
        if (PackageScan.IsLikely(typed)) return await Scan(form, index, typed);
        var name = ChartViews.DrugOf(engine, typed);
        var shot = form.Shots[index];
        // the vial of another drug is not the vial of this one
        if (shot.LotId != 0 && !await db.Lots.AnyAsync(l => l.Id == shot.LotId && l.Drug == name))
            shot = shot with { LotId = 0 };
        focus = $"Dose-{index}";
        return With(form, index, await Filled(form, shot with { Drug = name }, name));
    }

    async Task<ShotForm> Filled(VisitForm form, ShotForm shot, string name)
    {
        var usual = (await db.Treatments.AsNoTracking().ToListAsync()).ConvertAll(ShotForm.Of)
            .FindAll(t => ChartViews.DrugOf(engine, t.Drug) == name);
        return await WithOrder(form, shot.Dose.Length == 0 && usual is [var one]
            ? Same(shot, one) with { Drug = name } : shot);
    }

    /// <summary>The standing order of the patient, where none was typed.</summary>
    async Task<ShotForm> WithOrder(VisitForm form, ShotForm shot)
    {
        if (shot.OrderBy.Length > 0 || ChartViews.DayOf(form) is not { } day
            || await ChartViews.OrderOf(db, form.Patient, ChartViews.DrugOf(engine, shot.Drug), day)
                is not { } order)
            return shot;
        return shot with
        {
            OrderBy = order.By, OrderOn = order.On.Iso(), Standing = true,
            Diagnosis = order.Diagnosis.Length > 0 ? order.Diagnosis : shot.Diagnosis,
            Indication = order.Indication.Length > 0 ? order.Indication : shot.Indication,
        };
    }

    /// <summary>A scanned vial: its lot in the stock, or what to do.</summary>
    async Task<VisitForm> Scan(VisitForm form, int index, string text)
    {
        focus = $"Drug-{index}";
        var shot = form.Shots[index];
        if (PackageScan.IsLikely(shot.Drug)) form = With(form, index, shot = shot with { Drug = "" });
        if (PackageScan.Read(text, out notice) is not { } scan) return form;
        var lots = await db.Lots.AsNoTracking().Where(l => scan.Ndcs.Contains(l.Ndc)).ToListAsync();
        var known = scan.IsTyped ? [] : scan.Ndcs.Where(n => StockRoutes.IsKnown(engine.Book, n)).ToList();
        var ndcs = lots.Select(static l => l.Ndc).Distinct().ToList();
        if (scan.Ndcs.Count > 1 && (scan.IsTyped || (ndcs.Count != 1 && (ndcs.Count > 1 || known.Count != 1))))
        {
            (asked, notice) = (scan, "Ten digits can be read in three ways. Which one is on the label?");
            return form;
        }
        var ndc = ndcs.Count == 1 ? ndcs[0] : scan.Ndcs.Count == 1 ? scan.Ndcs[0] : known[0];
        var earlier = lots.FirstOrDefault();
        if (scan.Lot.Length > 0)
            lots = lots.FindAll(l => l.Number.Equals(scan.Lot, StringComparison.OrdinalIgnoreCase));
        if (lots.Count == 0) return await Label(form, index, StockRoutes.Filled(engine.Book, earlier, scan, ndc));
        return await Take(form, index, scan, lots);
    }

    /// <summary>A vial that is not in the stock: what the code says is its label, and somebody has to receive it.
    /// </summary>
    async Task<VisitForm> Label(VisitForm form, int index, ReceiveForm label)
    {
        var shot = form.Shots[index];
        if (label.Drug.Length > 0) shot = await Filled(form, shot, label.Drug) with { Drug = label.Drug };
        shot = shot with
        {
            LotId = 0, Ndc = label.Ndc, Lot = label.Lot, Expires = label.Expires, Container = label.Container,
            Holds = label.Holds,
        };
        notice = label.Drug.Length == 0
            ? $"This code is not in the book of {AsShown.Day(engine.Book.Release)}. Type the drug. Its label is kept, "
                + "and the stock is asked for the vial."
            : (label.Lot.Length > 0 ? "This lot is not in the stock." : "This NDC is not in the stock.")
                + " Its label is filled in from the code, and the stock is asked for the vial.";
        focus = label.Drug.Length == 0 ? $"Drug-{index}" : shot.Dose.Length == 0 ? $"Dose-{index}" : $"Site-{index}-0";
        return With(form, index, shot);
    }

    async Task<VisitForm> Take(VisitForm form, int index, PackageScan scan, List<Lot> lots)
    {
        var day = ChartViews.DayOf(form) ?? DateOnly.MaxValue;
        var shot = await Filled(form, form.Shots[index], lots[0].Drug) with { Drug = lots[0].Drug };
        if (scan.Expires is { } said && lots.TrueForAll(l => l.Expires != said))
            notice = $"The code says that it expires on {AsShown.Day(said)}, and the stock says "
                + $"{AsShown.Day(lots[0].Expires)}. Look at the label.";
        else if (lots.Count > 1 && scan.Lot.Length == 0)
        {
            (notice, focus) = ("The code has no lot number. Choose the lot on the label.", $"Lot-{index}-0");
            return With(form, index, shot with { LotId = 0 });
        }
        else
        {
            var lot = lots.Find(l => l.Expires == scan.Expires) ?? lots[0];
            var left = await Stock.OnHand(db, lot.Id);
            if (Stock.Refusal(lot, left, day) is { } refusal)
                notice = Results.Sentence.Capital(refusal) + ". Take another vial.";
            else if (left <= 0) notice = $"Nothing is left of lot {lot.Number}. Count it, or take another vial.";
            else
            {
                focus = shot.Dose.Length == 0 ? $"Dose-{index}" : $"Site-{index}-0";
                return With(form, index, shot with { LotId = lot.Id });
            }
        }
        return With(form, index, shot with { LotId = 0 });
    }
}
