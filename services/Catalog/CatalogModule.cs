using System.Text.Json.Serialization;
using MsaAspire.Data;
using MsaAspire.ServiceDefaults;

namespace MsaAspire.Catalog;

/// <summary>What the shop sells, and for how much.</summary>
public static class CatalogModule
{
    internal const string Name = "catalog", Database = "catalogdb";

    /// <summary>Adds the module and its database, the connection string <c>catalogdb</c>.</summary>
    public static void AddCatalog(this IHostApplicationBuilder builder)
    {
        builder.AddDatabase(Database, Name, typeof(CatalogModule).Assembly);
        builder.Services.AddOpenApi(Name, api => api.Describe("Catalog", "What the shop sells, and for how much."));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, CatalogJson.Default));
    }

    /// <summary>Maps the module's part of the shop's API, and the prices for other services.</summary>
    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        var reads = routes.MapGroup("").WithGroupName(Name).RetryOnLostConnection(Database);
        reads.MapGet("/api/products", ListProducts.HandleAsync).WithTags("Products").ProducesValidationProblem();
        reads.MapGet("/api/products/{id:int}", GetProduct.HandleAsync).WithTags("Products").ProducesProblem(StatusCodes.Status404NotFound);
        // Not under /api: the gateway forwards nothing else, so it is no part of the public description either.
        reads.MapGet("/internal/prices", GetPrices.HandleAsync).ExcludeFromDescription();
    }
}

/// <summary>A product as customers see it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">One or two sentences.</param>
/// <param name="Price">For one piece, taxes included.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record Product(int Id, string Name, string Description, decimal Price, string Currency);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProductPage))]
[JsonSerializable(typeof(Product))]
[JsonSerializable(typeof(IReadOnlyList<Price>))]
internal sealed partial class CatalogJson : JsonSerializerContext;
