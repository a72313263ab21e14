using System.Text;
using Deltoid.Books;
using Deltoid.Charting;
using Deltoid.Codes;
using Deltoid.Fhir;
using Deltoid.Findings;
using Deltoid.Hl7;
using Deltoid.Results;

namespace Deltoid.Tests;

/// <summary>Names of drugs as RxNorm writes them, and of vaccines as the CDC does.</summary>
public sealed class DrugNameTests
{
    static readonly CodeBook Book = StarterBook.Open();

    static readonly Scrubber Scrubber = new(Edits.Shipped.Edits);

    static CodedVisit Coded(string drug, string dose, string route, string more = "") => CodedVisit.Of(
        EncounterJson.Read(Encoding.UTF8.GetBytes($$"""
            { "serviceDate": "2026-03-02", "placeOfService": "11", "payer": { "kind": "commercial" },
              "patient": { "birthDate": "2024-05-05", "sex": "F" }, "counseling": true, "diagnoses": ["R52"],
              "administrations": [ { "drug": "{{drug}}", "dose": "{{dose}}", "route": "{{route}}" {{more}} } ] }
            """), ""), Book, Scrubber);

    static string Lines(CodedVisit visit) => string.Join(' ', visit.Claim.Lines.ToArray()
        .Select(static l => $"{l.Code}x{l.Units}").Order(StringComparer.Ordinal));

    /// <summary>RxNorm writes the volume of a vial or syringe first, and the brand in brackets last.</summary>
    [Theory]
    [InlineData("1 ML ketorolac tromethamine 30 MG/ML Injection", "30 mg", "im", "96372x1 J1885x2")]
    [InlineData("ketorolac tromethamine 30 MG/ML Injection", "30 mg", "im", "96372x1 J1885x2")]
    [InlineData("1 ML cyanocobalamin 1 MG/ML Injection", "1000 mcg", "im", "96372x1 J3420x1")]
    [InlineData("1 ML denosumab 60 MG/ML Prefilled Syringe [Prolia]", "60 mg", "sc", "96372x1 J0897x60")]
    [InlineData("2 ML penicillin G benzathine 600000 UNT/ML Prefilled Syringe [Bicillin L-A]", "1.2 million units", "im", "96372x1 J0561x12")]
    [InlineData("0.3 ML epinephrine 1 MG/ML Auto-Injector", "0.3 mg", "im", "96372x1 J0165x3")]
    [InlineData("3 ML paliperidone palmitate 156 MG/ML [Invega Sustenna]", "156 mg", "im", "96372x1 J2426x156")]
    [InlineData("30mg ketorolac", "30 mg", "im", "96372x1 J1885x2")]
    [InlineData("1 vial ceftriaxone", "1 g", "im", "96372x1 J0696x4")]
    [InlineData("buprenorphine 0.3 MG/ML Injection [Buprenex]", "0.3 mg", "im", "96372x1 J0592x3")]
    [InlineData("aripiprazole 400 MG [Abilify Maintena]", "400 mg", "im", "96372x1 J0401x400")]
    [InlineData("1% lidocaine", "10 mg", "im", "")]
    [InlineData("2 ML lidocaine hydrochloride 10 MG/ML", "10 mg", "im", "")]
    public void A_name_of_RxNorm_gives_the_drug(string drug, string dose, string route, string lines) =>
        Assert.Equal(lines, Lines(Coded(drug, dose, route)));

    [Theory]
    [InlineData("1 mg thing")]
    [InlineData("1")]
    [InlineData("2 ML")]
    [InlineData("1 ML")]
    [InlineData("1 something else")]
    [InlineData("ketorolac 30 MG/ML [Prolia]")]
    [InlineData("testosterone [Prolia]")]
    public void An_amount_alone_is_no_drug_and_two_drugs_are_none(string drug)
    {
        Assert.Null(Book.DrugNamed(drug));
        var visit = Coded(drug, "1 mg", "im");
        Assert.DoesNotContain(visit.Findings.Span.ToArray(),
            static f => f.Info.Name.Contains("anesthetic", StringComparison.Ordinal));
    }

    /// <summary>The CDC's short names of vaccines, with its number of each and the code of its crosswalk.</summary>
    [Theory]
    [InlineData("DTaP-Hep B-IPV", "110", "90723", 5)]
    [InlineData("DTaP-Hib-IPV", "120", "90698", 5)]
    [InlineData("DTaP,IPV,Hib,HepB", "146", "90697", 6)]
    [InlineData("DTaP-IPV", "130", "90696", 4)]
    [InlineData("DTaP", "20", "90700", 3)]
    [InlineData("DTaP, 5 pertussis antigens", "106", "90700", 3)]
    [InlineData("typhoid, oral", "25", "90690", 1)]
    [InlineData("typhoid, ViCPs", "101", "90691", 1)]
    [InlineData("HPV, quadrivalent", "62", "90649", 1)]
    [InlineData("HPV9", "165", "90651", 1)]
    [InlineData("varicella", "21", "90716", 1)]
    [InlineData("MMR", "03", "90707", 3)]
    [InlineData("MMRV", "94", "90710", 4)]
    [InlineData("zoster recombinant", "187", "90750", 1)]
    [InlineData("zoster live", "121", "90736", 1)]
    [InlineData("rotavirus, pentavalent", "116", "90680", 1)]
    [InlineData("pneumococcal polysaccharide PPV23", "33", "90732", 1)]
    [InlineData("Pneumococcal conjugate PCV20, polysaccharide CRM197 conjugate, adjuvant, PF", "216", "90677", 1)]
    [InlineData("meningococcal B, OMV", "163", "90620", 1)]
    [InlineData("meningococcal MCV4P", "114", "90734", 1)]
    [InlineData("meningococcal conjugate quadrivalent, MenACWY-TT (MCV4)", "203", "90619", 1)]
    [InlineData("HepB-CpG", "189", "90739", 1)]
    [InlineData("Hep A, ped/adol, 2 dose", "83", "90633", 1)]
    [InlineData("Hib (PRP-T)", "48", "90648", 1)]
    [InlineData("Td (adult), 2 Lf tetanus toxoid, preservative free, adsorbed", "09", "90714", 2)]
    [InlineData("Influenza, split virus, trivalent, PF", "140", "90656", 1)]
    [InlineData("Influenza, high-dose, quadrivalent, PF", "197", "90662", 1)]
    [InlineData("yellow fever live", "37", "90717", 1)]
    [InlineData("BCG vaccine", "19", "90585", 1)]
    [InlineData("COVID-19, mRNA, LNP-S, PF, 10 mcg/0.2 mL", "334", "91323", 1)]
    public void A_name_of_the_CDC_gives_its_product(string name, string cvx, string code, int components)
    {
        foreach (var each in (string[])[name, "CVX " + cvx, "cvx " + cvx.TrimStart('0'), $"{name} [CVX {cvx}]"])
        {
            var drug = Book.DrugNamed(each);
            Assert.True(drug?.Vaccine is not null, each);
            Assert.Equal((code, components), (drug.Vaccine.Code.ToString(), drug.Vaccine.Components));
        }
    }

    /// <summary>Several products, none any more, or none in this country: a question, never another product.</summary>
    [Theory]
    [InlineData("DTaP-Hib")]
    [InlineData("DTaP, unspecified formulation")]
    [InlineData("DTaP-IPV-HIB-HEP B, historical")]
    [InlineData("DTAP/IPV/HIB - non-US")]
    [InlineData("Hep A-Hep B, pediatric/adolescent")]
    [InlineData("HPV, bivalent")]
    [InlineData("HPV, unspecified formulation")]
    [InlineData("rabies, unspecified formulation")]
    [InlineData("rabies, intradermal injection")]
    [InlineData("typhoid, parenteral")]
    [InlineData("typhoid, unspecified formulation")]
    [InlineData("Typhoid conjugate vaccine (TCV)")]
    [InlineData("Anthrax vaccine, unspecified")]
    [InlineData("Tdap-IPV")]
    [InlineData("MMR and varicella")]
    [InlineData("IPV, DTaP")]
    [InlineData("Hep B, adolescent or pediatric")]
    [InlineData("Hep A, ped/adol, 3 dose")]
    [InlineData("Influenza, split virus, trivalent, preservative")]
    [InlineData("COVID-19, mRNA, LNP-S, PF, 10 mcg/0.2 mL dose, tris-sucrose")]
    [InlineData("COVID-19, mRNA, LNP-S, PF, 50 mcg/0.5 mL dose")]
    [InlineData("varicella zoster immune globulin")]
    [InlineData("CVX 08")]
    [InlineData("CVX 50")]
    [InlineData("CVX 998")]
    [InlineData("Tdap [CVX 20]")]
    public void A_name_that_leaves_the_product_open_gives_none(string name)
    {
        var visit = Coded(name, "0.5 mL", "im", """, "purpose": "vaccine" """);
        Assert.DoesNotContain("907", Lines(visit), StringComparison.Ordinal);
        Assert.True(Book.DrugNamed(name)?.Vaccine?.Code.IsNone ?? true, name);
    }

    /// <summary>A product may be followed by its own components, and by what any vaccine may have.</summary>
    [Theory]
    [InlineData("90723", "90723")]
    [InlineData("Pediarix (DTaP-HepB-IPV)", "90723")]
    [InlineData("Pentacel DTaP-IPV/Hib", "90698")]
    [InlineData("Vivotif oral", "90690")]
    [InlineData("RotaTeq oral", "90680")]
    [InlineData("Twinrix Hep A-Hep B adult", "90636")]
    [InlineData("Boostrix Tdap 0.5 mL left deltoid", "90715")]
    [InlineData("Gardasil 9 dose 2", "90651")]
    [InlineData("Fluzone High-Dose Quadrivalent", "90662")]
    [InlineData("MMR vaccine live", "90707")]
    [InlineData("Rabies - IM Diploid cell culture", "90675")]
    [InlineData("Japanese Encephalitis IM", "90738")]
    public void A_brand_with_its_components_is_the_product(string name, string code) =>
        Assert.Equal(code, Book.DrugNamed(name)?.Vaccine?.Code.ToString());

    /// <summary>A chart system may send the CDC's number without words; 998 says that no vaccine was given.</summary>
    [Theory]
    [InlineData("110", "CVX 110")]
    [InlineData("03", "CVX 03")]
    [InlineData("998", null)]
    public void A_number_without_words_is_the_vaccine_at_both_doors(string cvx, string? drug)
    {
        var bundle = FhirForeignTests.Visit.Replace("\"code\": \"141\", \"display\": \"influenza, seasonal\"",
            $"\"code\": \"{cvx}\"", StringComparison.Ordinal);
        var message = "MSH|^~\\&|EHR|CLINIC|IIS||20260302||VXU^V04^VXU_V04|M2|P|2.5.1\rPID|1||1||A^B||20240601|M\r"
            + $"ORC|RE||1\rRXA|0|1|20260302||{cvx}^^CVX|0.5|mL||00|||||||||||CP|A\r";
        string?[] drugs = drug is null ? [] : [drug];
        Assert.Equal(drugs.Prepend("cyanocobalamin"), EncounterJson.Read(BundleReader.Read(
            Encoding.UTF8.GetBytes(bundle)).Encounter, "").Administrations.Select(static a => a.Drug));
        var read = Assert.Single(Hl7Reader.ReadAll(Encoding.UTF8.GetBytes(message)));
        Assert.Equal(drugs, EncounterJson.Read(read.Encounter, "").Administrations.Select(static a => a.Drug));
    }

    [Fact]
    public void Each_component_of_a_combined_vaccine_is_counted()
    {
        Assert.Equal("90460x1 90461x4 90723x1", Lines(Coded("DTaP-Hep B-IPV", "0.5 mL", "im")));
        Assert.Equal("90460x1 90461x5 90697x1", Lines(Coded("CVX 146", "0.5 mL", "im")));
    }
}
