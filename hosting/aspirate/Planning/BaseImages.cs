using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>The base images for programs that Aspire starts as executables.</summary>
internal static class BaseImages
{
    /// <exception cref="AspirateException">The command belongs to no known language, or to a folder or an environment of this machine.</exception>
    public static string Of(ExecutableResource executable) => executable.Command.ToLowerInvariant() switch
    {
        "python" or "python3" => "docker.io/library/python:3.13-slim",
        "node" or "npm" or "npx" => "docker.io/library/node:22-slim",
        "java" => "docker.io/library/eclipse-temurin:21-jre",
        "ruby" => "docker.io/library/ruby:3.4-slim",
        "php" => "docker.io/library/php:8.4-cli",
        "deno" => "docker.io/denoland/deno:2.5.0",
        "bun" => "docker.io/oven/bun:1",
        "sh" or "bash" => "docker.io/library/debian:13-slim",
        "dotnet" => "mcr.microsoft.com/dotnet/aspnet:10.0",
        _ => throw new AspirateException(
            $"The resource \"{executable.Name}\" is an executable ({executable.Command}), and there is no default image with that program and what is "
            + "installed for it on this machine. Name one: "
            + $"resources.{executable.Name}.baseImage in {AspirateSettings.FileName}; or publish it with a Dockerfile (PublishAsDockerFile) "
            + "in the app model."),
    };
}
