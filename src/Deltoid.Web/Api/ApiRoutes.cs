namespace Deltoid.Web.Api;

/// <summary>The routes of programs, version 1.</summary>
static class ApiRoutes
{
    public static void Map(WebApplication app)
    {
        ApiTokens.Map(app);
        ApiDocument.Map(app);
        ApiPage.Map(app);
        var api = app.MapGroup("/api/v1");
        EngineRoutes.Map(api);
        FhirRoutes.Map(api);
        EncounterApi.Map(api);
        ClaimApi.Map(api);
        RemittanceApi.Map(api);
        JobApi.Map(api);
        PatientApi.Map(api);
        api.MapMethods("/{**path}", ["GET", "POST", "PUT", "PATCH", "DELETE"], static () => ApiProblem.NotFound)
            .ForAnyProgram(); // after all others
    }
}
