-- comparing.toml told to OSRM, way by way as road-network/src/osm/tags.rs reads them.
api_version = 4

local kmh = {
  motorway = 110, trunk = 84, primary = 76, secondary = 66, tertiary = 56, unclassified = 48,
  road = 48, residential = 40, living_street = 20, service = 25, track = 20,
}
local link_share = 0.6
local private = {
  private = true, customers = true, delivery = true, destination = true, permit = true,
  residents = true, agricultural = true, forestry = true, military = true, restricted = true,
}
local barriers = {
  block = true, jersey_barrier = true, log = true, debris = true, wall = true, fence = true,
  bollard = true, planter = true, cycle_barrier = true, motorcycle_barrier = true,
  turnstile = true, stile = true, kissing_gate = true,
}

function setup()
  return {
    properties = {
      weight_name = 'duration',
      max_speed_for_map_matching = 180 / 3.6,
      u_turn_penalty = 20,
      continue_straight_at_waypoint = false,
      use_turn_restrictions = true,
      process_call_tagless_node = false,
    },
  }
end

function process_node(profile, node, result)
  local emergency = node:get_value_by_key('emergency')
  local motor = node:get_value_by_key('motor_vehicle')
  local opened = emergency == 'yes' or emergency == 'designated'
    or motor == 'yes' or motor == 'designated' or motor == 'permissive'
  if barriers[node:get_value_by_key('barrier') or ''] and not opened then
    obstacle_map:add(node, Obstacle.new(obstacle_type.barrier))
  end
end

-- Whether anybody may drive there; 'emergency' opens nothing here that is closed to all.
local function may_drive(way)
  local emergency = way:get_value_by_key('emergency')
  if emergency == 'no' then return false end
  for _, key in ipairs({ 'motorcar', 'motor_vehicle', 'vehicle', 'access' }) do
    local value = way:get_value_by_key(key)
    if value and value ~= '' then return value ~= 'no' end
  end
  return true
end

local function limit_kmh(text)
  if not text then return nil end
  local number, factor = text, 1
  if text:sub(-3) == 'mph' then number, factor = text:sub(1, -4), 1.609344 end
  if text:sub(-4) == 'km/h' then number = text:sub(1, -5) end
  local value = tonumber(number)
  if not value then return nil end
  value = value * factor
  if value < 1 or value > 250 then return nil end
  return math.floor(value + 0.5)
end

function process_way(profile, way, result)
  local highway = way:get_value_by_key('highway')
  if not highway or way:get_value_by_key('area') == 'yes' then return end
  local class = highway:gsub('_link$', '')
  local speed = kmh[class]
  if not speed or not may_drive(way) then return end
  if class ~= highway then speed = speed * link_share end
  local limit = limit_kmh(way:get_value_by_key('maxspeed'))
  if limit then speed = math.min(speed, limit) end
  local junction = way:get_value_by_key('junction')
  local roundabout = junction == 'roundabout' or junction == 'circular'
  local divided = class == 'motorway' or roundabout
  result.forward_mode, result.backward_mode = mode.driving, mode.driving
  result.forward_speed, result.backward_speed = speed, speed
  result.name = way:get_value_by_key('name') or ''
  result.ref = way:get_value_by_key('ref') or ''
  result.roundabout = roundabout
  local oneway = way:get_value_by_key('oneway')
  local exempt = way:get_value_by_key('oneway:emergency') == 'no' and not divided
  if oneway == 'reversible' or oneway == 'alternating' then
    result.forward_mode, result.backward_mode = mode.inaccessible, mode.inaccessible
  elseif oneway == '-1' or oneway == 'reverse' then
    if not exempt then result.forward_mode = mode.inaccessible end
  elseif oneway == 'yes' or oneway == '1' or oneway == 'true'
    or (divided and not (oneway == 'no' and not roundabout)) then
    if not exempt then result.backward_mode = mode.inaccessible end
  end
end

function process_turn(profile, turn)
  local seconds = 0
  if turn.is_u_turn then
    seconds = profile.properties.u_turn_penalty
  elseif turn.number_of_roads > 2 then
    local size = math.abs(turn.angle)
    if size < 25 then seconds = 1
    elseif size < 60 then seconds = 1.5
    elseif size >= 125 then seconds = 7
    elseif turn.angle > 0 then seconds = 3
    else seconds = 5 end
  end
  turn.duration, turn.weight = seconds, seconds
end

return {
  setup = setup, process_node = process_node, process_way = process_way, process_turn = process_turn,
}
